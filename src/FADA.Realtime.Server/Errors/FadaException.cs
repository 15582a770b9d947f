namespace FADA.Realtime.Server.Errors;

/// <summary>Carries a <see cref="FadaError"/> to the one place that tells it.</summary>
public sealed class FadaException(FadaError error, Exception? inner = null) : Exception(error.Message, inner)
{
    public FadaError Error { get; } = error;
}
