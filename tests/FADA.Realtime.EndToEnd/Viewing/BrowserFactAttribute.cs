namespace FADA.Realtime.EndToEnd.Viewing;

/// <summary>A test that needs a real browser. Where there is none it is counted as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Path is null)
            Skip = "No Chromium is installed (Debian: chromium; or FADA_CHROMIUM names one).";
    }
}
