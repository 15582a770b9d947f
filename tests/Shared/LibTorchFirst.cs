using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using FADA.Realtime.Model.Runtime;

namespace FADA.Realtime.Tests.Shared;

/// <summary>
/// Brings libtorch up before any test: after a fresh build the library still needs its repair, and whichever test named
/// a tensor first would otherwise decide whether all others can.
/// </summary>
internal static class LibTorchFirst
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Nothing else runs before a test's own fields.")]
    internal static void Load() => TorchRuntime.Initialize();
}
