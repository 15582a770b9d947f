using System.Numerics;

namespace FADA.Realtime.Training.Clips;

/// <summary>Polygons as masks.</summary>
internal static class PolygonMask
{
    /// <summary>Calls <paramref name="fill"/> with every span of pixels whose centres lie inside (even-odd rule).</summary>
    /// <param name="fill">Row, first pixel, number of pixels.</param>
    public static void Scan(IReadOnlyList<Vector2> polygon, int width, int height, Action<int, int, int> fill)
    {
        var crossings = new List<float>();
        for (var y = 0; y < height; y++)
        {
            crossings.Clear();
            for (int i = 0, j = polygon.Count - 1; i < polygon.Count; j = i++)
            {
                var (a, b) = (polygon[i], polygon[j]);
                if (a.Y > y + 0.5f != b.Y > y + 0.5f)
                    crossings.Add((b.X - a.X) * (y + 0.5f - a.Y) / (b.Y - a.Y) + a.X);
            }
            crossings.Sort();
            for (var k = 0; k + 1 < crossings.Count; k += 2)
            {
                var first = Math.Clamp((int)MathF.Ceiling(crossings[k] - 0.5f), 0, width);
                var end = Math.Clamp((int)MathF.Ceiling(crossings[k + 1] - 0.5f), 0, width);
                if (end > first)
                    fill(y, first, end - first);
            }
        }
    }
}
