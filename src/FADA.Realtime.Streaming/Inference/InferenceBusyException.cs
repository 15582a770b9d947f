namespace FADA.Realtime.Streaming.Inference;

/// <summary>The device carries as many sessions as it may.</summary>
public sealed class InferenceBusyException(string device, int lanes)
    : Exception($"The device {device} already carries {lanes} sessions, its limit.")
{
    public string Device { get; } = device;
    public int Lanes { get; } = lanes;
}
