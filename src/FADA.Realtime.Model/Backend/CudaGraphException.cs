namespace FADA.Realtime.Model.Backend;

/// <summary>A call into libtorch's CUDA graphs failed; the message is libtorch's first line.</summary>
public sealed class CudaGraphException(string message, Exception? inner = null) : Exception(message, inner);
