using System.Diagnostics;

namespace FADA.Realtime.Model.Runtime;

/// <summary>The one source of trace spans in this program. Nothing is made or measured while nobody listens.</summary>
public static class Tracing
{
    public const string SourceName = "FADA.Realtime";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>
    /// A stage inside the span that is current, to be disposed at its end; null while nobody listens. A stage without
    /// a span around it is not told: a file being rendered, or an avatar being prepared, would leave thousands.
    /// </summary>
    public static Activity? Stage(string name) => Activity.Current is null ? null : Source.StartActivity(name);
}
