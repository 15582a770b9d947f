using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FADA.Realtime.Model.Runtime;

/// <summary>
/// TorchSharp 0.107 lets the finaliser free a Scalar that a native call still reads (there is no KeepAlive): operators
/// then fail at random under load. The library's release function is therefore led here, where scalars wait two
/// seconds before their memory is freed: by the clock, and of this process's own work, because a machine that stood
/// still in the middle of the call has let time pass and nothing else. Never freeing them would be worse: 32 bytes left in the middle of every large
/// free block keep the heap from reusing it (seen: 3 MB lost per window).
/// </summary>
internal static unsafe partial class DeferredScalarRelease
{
    private const string Function = "THSTorch_dispose_scalar";
    private const int ReadWriteExecute = 7;
    private const int ReadExecute = 5;
    private const long WorkDelay = 2_000_000;
    private static readonly Lock Gate = new();
    private static readonly Queue<(nint Scalar, long Time, long Work)> Waiting = new();
    private static readonly long Delay = 2 * Stopwatch.Frequency;

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nuint length, int protection);

    [LibraryImport("libc")]
    private static partial void free(nint memory);

    // Processor time of this process in microseconds.
    [LibraryImport("libc")]
    private static partial long clock();

    /// <summary>Redirects the release function of the loaded library; does nothing on other processors.</summary>
    public static void Install(string folder)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64
            || !NativeLibrary.TryLoad(Path.Combine(folder, "libLibTorchSharp.so"), out var library)
            || !NativeLibrary.TryGetExport(library, Function, out var release))
            return;
        delegate* unmanaged[Cdecl]<nint, void> target = &Release;
        // mov rax, target; jmp rax
        Span<byte> jump = [0x48, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xE0];
        BitConverter.TryWriteBytes(jump[2..], (long)target);
        var page = release & ~(nint)4095;
        var length = (nuint)(release + jump.Length - page);
        if (mprotect(page, length, ReadWriteExecute) != 0)
            return;
        jump.CopyTo(new Span<byte>((void*)release, jump.Length));
        _ = mprotect(page, length, ReadExecute);
    }

    // A scalar of a plain number owns nothing but its own memory, which operator new took from malloc.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint scalar)
    {
        var (now, work) = (Stopwatch.GetTimestamp(), clock());
        // Finaliser and owners release at once: whoever looks at the oldest must also be the one who takes it.
        lock (Gate)
        {
            Waiting.Enqueue((scalar, now, work));
            while (Waiting.TryPeek(out var oldest) && now - oldest.Time > Delay && work - oldest.Work > WorkDelay)
                free(Waiting.Dequeue().Scalar);
        }
    }
}
