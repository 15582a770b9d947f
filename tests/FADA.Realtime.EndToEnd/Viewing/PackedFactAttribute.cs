using FADA.Realtime.EndToEnd.Hosting;

namespace FADA.Realtime.EndToEnd.Viewing;

/// <summary>A test of the npm package, in a real browser. Where what packs it is missing it is counted as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PackedFactAttribute : FactAttribute
{
    public PackedFactAttribute()
    {
        var npm = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "npm")));
        if (Chromium.Path is null)
            Skip = new BrowserFactAttribute().Skip;
        else if (!npm)
            Skip = "npm is not installed (Debian: npm).";
        else if (!Directory.Exists(Path.Combine(WebFolder.Path, "node_modules/typescript")))
            Skip = "The web page's compiler is missing: run scripts/fetch-web-tools.";
    }
}
