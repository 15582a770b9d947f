using System.Runtime.CompilerServices;

namespace FADA.Realtime.EndToEnd.Hosting;

/// <summary>clients/web of this repository: sources, and what scripts/fetch-web-tools brings.</summary>
internal static class WebFolder
{
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath("../../../clients/web", System.IO.Path.GetDirectoryName(here)!);
}
