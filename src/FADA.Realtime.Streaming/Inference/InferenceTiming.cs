namespace FADA.Realtime.Streaming.Inference;

/// <param name="Wait">For the device.</param>
/// <param name="Run">On the device.</param>
internal readonly record struct InferenceTiming(TimeSpan Wait, TimeSpan Run);
