using FADA.Realtime.Media.Encoders;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>A session's encoder, connections and limits.</summary>
public sealed record MediaSessionOptions
{
    public required SessionEncoderOptions Encoder { get; init; }

    public WebRtcOptions WebRtc { get; init; } = new();

    /// <summary>Viewers at one time, connecting ones included: 1 to 1000.</summary>
    public int MaxViewers { get; init; } = 16;
}
