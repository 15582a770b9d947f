namespace FADA.Realtime.Model.Runtime;

/// <summary>Where packages put their libraries: beside the program, or in a folder of the platform there.</summary>
internal static class NativeFiles
{
    /// <summary>The path of a library; beside the program where it is nowhere.</summary>
    public static string PathOf(string name)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, name);
        var platform = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", name);
        return !File.Exists(beside) && File.Exists(platform) ? platform : beside;
    }
}
