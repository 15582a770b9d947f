using System.Runtime.InteropServices;

namespace FADA.Realtime.Model.Backend;

/// <summary>c10::cuda::CUDAStream as it lies in memory: 16 bytes, passed by value in two registers.</summary>
/// <param name="DeviceType">1 for CUDA.</param>
/// <param name="DeviceIndex">Which GPU.</param>
/// <param name="Id">Which of its streams; 0 is the default one.</param>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal readonly record struct CudaStream(
    [field: FieldOffset(0)] sbyte DeviceType,
    [field: FieldOffset(1)] sbyte DeviceIndex,
    [field: FieldOffset(8)] long Id);
