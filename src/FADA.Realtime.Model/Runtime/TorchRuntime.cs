using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Runtime;

/// <summary>
/// Brings libtorch up once per process: repairs the symbol version that older systems lack, fixes the environment
/// it reads at load time, sets one thread, and picks the precision the processor is good at.
/// </summary>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static TorchRuntimeInfo? _info;

    /// <summary>Loads libtorch if that has not happened yet. Safe to call from any thread, any number of times.</summary>
    /// <param name="threads">OpenMP threads inside one operator; 1 for inference (parallelism is by stage and session).</param>
    /// <exception cref="TorchRuntimeException">libtorch cannot be loaded; the message says why and what to do.</exception>
    public static TorchRuntimeInfo Initialize(int threads = 1)
    {
        lock (Gate)
        {
            return _info ??= Load(threads);
        }
    }

    private static TorchRuntimeInfo Load(int threads)
    {
        // AVX-512 Sleef exp can fall into a mode ~15x slower on virtual machines; libtorch reads this when it loads.
        NativeEnvironment.SetDefault("ATEN_CPU_CAPABILITY", "avx2");
        NativeEnvironment.SetDefault("OMP_NUM_THREADS", threads.ToString(System.Globalization.CultureInfo.InvariantCulture));
        NativeEnvironment.TuneAllocator();
        try
        {
            LibTorchSharpRepair.Apply(AppContext.BaseDirectory);
            torch.InitializeDeviceType(DeviceType.CPU);
            DeferredScalarRelease.Install(AppContext.BaseDirectory);
            torch.set_num_threads(threads);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or NotSupportedException
            or IOException or EntryPointNotFoundException or UnauthorizedAccessException)
        {
            throw new TorchRuntimeException(
                $"libtorch could not be loaded from {AppContext.BaseDirectory}: {Root(e).Message}. "
                + "FADA.Realtime needs a 64-bit Linux with glibc 2.31 or newer and libstdc++ of GCC 11 or newer.",
                e);
        }

        NativeEnvironment.DisableNnpack();
        return new TorchRuntimeInfo(torch.__version__, threads, PreferredPrecision());
    }

    // AVX512_BF16 has no .NET intrinsic class of its own; /proc/cpuinfo names it.
    private static ScalarType PreferredPrecision()
    {
        if (!Avx512F.IsSupported || !File.Exists("/proc/cpuinfo"))
            return ScalarType.Float32;
        var flags = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal)) ?? "";
        return flags.Contains("avx512_bf16", StringComparison.Ordinal) || flags.Contains("amx_bf16", StringComparison.Ordinal)
            ? ScalarType.BFloat16
            : ScalarType.Float32;
    }

    private static Exception Root(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return e;
    }
}
