namespace FADA.Realtime.Model.Tests.Backend;

/// <summary>A test that compiles C++; skipped, with the reason, where there is no g++.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerFactAttribute : FactAttribute
{
    public static readonly string? Compiler = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, "g++")).FirstOrDefault(File.Exists);

    public CompilerFactAttribute() => Skip = Compiler is null ? "There is no g++ on this machine, and the shim is C++." : null;
}
