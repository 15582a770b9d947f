namespace FADA.Realtime.Bench;

/// <summary>Nothing could be measured; the message is one sentence for the person who asked.</summary>
public sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
