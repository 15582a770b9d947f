using System.Collections.Concurrent;
using TorchSharp;

namespace FADA.Realtime.Model.Layers;

/// <summary>
/// Scalars that live as long as the process. A number written into a tensor expression becomes a new native scalar each
/// time; code that runs for every window takes it from here instead.
/// </summary>
internal static class Constants
{
    private static readonly ConcurrentDictionary<double, Scalar> Known = new();

    /// <summary>The scalar of a value; ask only for values from a small fixed set.</summary>
    public static Scalar Of(double value) => Known.GetOrAdd(value, static v => v.ToScalar());
}
