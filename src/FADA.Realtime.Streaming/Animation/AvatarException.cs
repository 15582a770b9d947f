namespace FADA.Realtime.Streaming.Animation;

/// <summary>A catalog's refusal: the reason for programs, one sentence for people.</summary>
public sealed class AvatarException(AvatarFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public AvatarFault Fault { get; } = fault;
}
