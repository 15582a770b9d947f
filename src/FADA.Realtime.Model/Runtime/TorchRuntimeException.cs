namespace FADA.Realtime.Model.Runtime;

/// <summary>libtorch cannot run in this process.</summary>
public sealed class TorchRuntimeException(string message, Exception? inner = null) : Exception(message, inner);
