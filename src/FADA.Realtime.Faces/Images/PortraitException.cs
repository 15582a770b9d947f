namespace FADA.Realtime.Faces.Images;

/// <summary>A picture cannot become an avatar; the message is one sentence for the person who sent it.</summary>
public sealed class PortraitException(PortraitError reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public PortraitError Reason { get; } = reason;
}
