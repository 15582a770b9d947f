using FADA.Realtime.EndToEnd.Hosting;

namespace FADA.Realtime.EndToEnd.Viewing;

/// <summary>A test that needs a real browser and axe-core in it. Where one is missing it is counted as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AxeTheoryAttribute : TheoryAttribute
{
    public AxeTheoryAttribute()
    {
        if (Chromium.Path is null)
            Skip = new BrowserFactAttribute().Skip;
        else if (!File.Exists(Script))
            Skip = "axe-core is missing: run scripts/fetch-web-tools.";
    }

    public static string Script { get; } = Path.Combine(WebFolder.Path, "node_modules/axe-core/axe.min.js");
}
