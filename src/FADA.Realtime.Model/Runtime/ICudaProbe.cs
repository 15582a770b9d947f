namespace FADA.Realtime.Model.Runtime;

/// <summary>What this machine and this build have for CUDA.</summary>
internal interface ICudaProbe
{
    /// <summary>The GPUs; none where something is missing, and <paramref name="reason"/> then says what, as a clause.</summary>
    IReadOnlyList<CudaDevice> Devices(out string? reason);
}
