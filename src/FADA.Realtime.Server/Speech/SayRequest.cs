namespace FADA.Realtime.Server.Speech;

internal sealed record SayRequest(string? Text, string? Voice);
