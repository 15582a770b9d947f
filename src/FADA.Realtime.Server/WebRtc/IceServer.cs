namespace FADA.Realtime.Server.WebRtc;

/// <summary>As browsers take it.</summary>
internal sealed record IceServer(string Urls, string? Username, string? Credential);
