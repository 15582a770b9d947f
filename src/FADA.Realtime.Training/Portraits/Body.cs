using System.Numerics;
using FADA.Realtime.Faces.Geometry;

namespace FADA.Realtime.Training.Portraits;

/// <summary>Carries clothes on below the end of the recording, where the portrait shows more of the shoulders.</summary>
internal static class Body
{
    // Rows at the recording's lower edge that are coded badly or black.
    private const int Edge = 4;

    // In eye distances: up to where a collar reaches from the middle, from where it is all shoulder, and how much either
    // moves sideways for each eye distance down.
    private const float Collar = 0.7f, Shoulder = 1.6f, CollarSlope = 0.35f, ShoulderSlope = 0.6f;
    private const float SoftBlur = 5;
    private const float Texture = 0.04f;
    private const float Darkening = 0.25f;

    /// <param name="warped">The recording in the portrait's shape; what lies beyond its edge is repeated.</param>
    public static FloatImage Extend(FloatImage warped, ShapeWarp warp, FloatImage source, Vector2[] shape)
    {
        var side = warped.Width;
        var eye = Vector2.Distance(shape[FacePoints.LeftEyeOuter], shape[FacePoints.RightEyeOuter]);
        var centre = shape[FacePoints.Chin].X;
        var last = Enumerable.Range(0, side).Last(y => warp.At(new Vector2(centre, y + 0.5f)).Y < source.Height - Edge);
        var result = warped.Map(p => p);
        for (var y = last + 1; y < side; y++)
            Array.Copy(result.Pixels, last * side, result.Pixels, y * side, side);
        var soft = result.Blur(SoftBlur);
        for (var y = last; y < side; y++)
        {
            var below = (y - last) / eye;
            for (var x = 0; x < side; x++)
            {
                // Collars close towards the middle as they go down, shoulders go on outward.
                var dx = x + 0.5f - centre;
                var outer = Math.Clamp((MathF.Abs(dx) / eye - Collar) / (Shoulder - Collar), 0, 1);
                var slope = float.Lerp(CollarSlope * Math.Clamp(dx / eye / 0.3f, -1, 1), -ShoulderSlope * MathF.Sign(dx), outer);
                var origin = new Vector2(centre + dx + slope * below * eye, last + 0.5f);
                // A row repeated as it is would be a curtain: it fades into its blur, with the texture from above it mirrored.
                var mirrored = origin with { Y = last - (y - last) };
                var texture = Vector3.Clamp(warped.Sample(mirrored) - soft.Sample(mirrored), new Vector3(-Texture), new Vector3(Texture));
                // Not of the neck, whose lines would show upside down, nor of what lies beside the recording.
                texture *= Math.Clamp((MathF.Abs(dx) / eye - 0.5f) / 0.2f, 0, 1) * Math.Clamp((1.8f - MathF.Abs(dx) / eye) / 0.2f, 0, 1);
                var faded = Math.Clamp((y - last) / SoftBlur / 2, 0, 1);
                result[x, y] = (1 - Darkening * below) * Vector3.Lerp(warped.Sample(origin), soft.Sample(origin) + texture, faded);
            }
        }
        return result;
    }
}
