using System.Diagnostics;
using System.Runtime.InteropServices;
using FADA.Realtime.Model.Backend;

namespace FADA.Realtime.Model.Tests.Backend;

/// <summary>The shim and a stand-in for libtorch, compiled once for all tests of the class.</summary>
public sealed unsafe class ShimFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fada-shim-").FullName;
    private readonly delegate* unmanaged[Cdecl]<byte*> _record;
    private readonly delegate* unmanaged[Cdecl]<byte*, void> _reset;

    public ShimFiles()
    {
        if (CompilerFactAttribute.Compiler is null)
            return;
        var sources = Path.Combine(AppContext.BaseDirectory, "native");
        Shim = Compile("libfada-cuda-graph.so", Path.Combine(sources, "shim.cpp"));
        Torch = Compile("libtorch_fake.so", Path.Combine(sources, "fake-torch.cpp"));
        WithoutGraphs = Compile("libtorch_bare.so", Path.Combine(sources, "fake-torch.cpp"), "-DWITHOUT_GRAPHS");
        var fake = NativeLibrary.Load(Torch);
        _record = (delegate* unmanaged[Cdecl]<byte*>)NativeLibrary.GetExport(fake, "fake_record");
        _reset = (delegate* unmanaged[Cdecl]<byte*, void>)NativeLibrary.GetExport(fake, "fake_reset");
    }

    public string Shim { get; } = "";

    /// <summary>Exports libtorch's names and records their calls.</summary>
    public string Torch { get; } = "";

    /// <summary>Has streams and no graphs.</summary>
    public string WithoutGraphs { get; } = "";

    /// <summary>The calls since the last <see cref="Reset"/>, each ended by a semicolon.</summary>
    public string Record => Marshal.PtrToStringUTF8((nint)_record())!;

    /// <summary>Forgets the calls.</summary>
    /// <param name="fail">Which one fails from now on; empty: none. "oddly" behind it: with no std::exception.</param>
    public void Reset(string fail = "")
    {
        var text = Marshal.StringToCoTaskMemUTF8(fail);
        _reset((byte*)text);
        Marshal.FreeCoTaskMem(text);
    }

    internal CudaGraphLibrary Open() => CudaGraphLibrary.TryOpen(Shim, Torch, Torch, _ => { }, out var reason) ?? throw new InvalidOperationException(reason);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Compile(string name, string source, string option = "-Wall")
    {
        var output = Path.Combine(_folder, name);
        using var compiler = Process.Start(new ProcessStartInfo(CompilerFactAttribute.Compiler!, ["-std=c++17", "-Wextra", option, "-Werror", "-fPIC", "-shared", "-o", output, source, "-ldl"])
        {
            RedirectStandardError = true,
        })!;
        var complaints = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? output : throw new InvalidOperationException(complaints);
    }
}
