namespace FADA.Realtime.Model.Runtime;

/// <summary>One GPU as the driver names it.</summary>
/// <param name="Major">Of the compute capability: 8 is Ampere, the first with bfloat16.</param>
internal sealed record CudaDevice(string Name, int Major);
