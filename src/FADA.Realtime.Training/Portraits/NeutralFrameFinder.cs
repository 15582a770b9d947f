using System.Numerics;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Training.Data;

namespace FADA.Realtime.Training.Portraits;

/// <summary>
/// Finds the moment a speaker looks straight ahead with the mouth closed and the eyes open. The frames around it in which
/// the face holds still are averaged: that takes the coding noise out.
/// </summary>
internal sealed class NeutralFrameFinder(FaceFinder finder)
{
    // Upper and lower lid of either eye.
    private static readonly (int Upper, int Lower)[] Lids = [(159, 145), (386, 374)];
    private const int Around = 3;

    // Root mean square movement of the landmarks, in pixels, up to which two frames show the same.
    private const float Still = 0.45f;

    /// <exception cref="DataException">The speaker has no clip, or no clip shows a face.</exception>
    public async Task<SpeakerFrame> Find(string folder, int mostClips, CancellationToken cancellation)
    {
        var speaker = Path.GetFileName(folder);
        SpeakerFrame? best = null;
        var bestScore = float.MinValue;
        foreach (var path in Directory.GetFiles(folder, "*.mp4").Order(StringComparer.Ordinal).Take(mostClips))
        {
            var (frames, faces) = await Read(path, cancellation);
            for (var i = 0; i < faces.Count; i++)
            {
                if (faces[i] is not { } face || Score(face) is var score && score <= bestScore)
                    continue;
                bestScore = score;
                best = new SpeakerFrame(speaker, Path.GetFileName(path), i, Mean(frames, faces, i), face.Points);
            }
        }
        return best ?? throw new DataException($"no clip (mp4) in {folder} shows a face");
    }

    /// <summary>Higher is more neutral: lips closed, eyes open, nose in the middle.</summary>
    public static float Score(FaceLandmarks face)
    {
        var p = face.Points;
        var eyes = Lids.Min(l => Vector2.Distance(p[l.Upper], p[l.Lower])) / face.EyeDistance;
        var middle = (p[FacePoints.LeftEyeOuter] + p[FacePoints.RightEyeOuter]) / 2;
        var turn = MathF.Abs(p[FacePoints.NoseTip].X - middle.X) / face.EyeDistance;
        return 1.5f * eyes - 3 * MathF.Max(0, face.MouthOpening - 0.01f) - 0.3f * turn;
    }

    private async Task<(List<RgbImage>, List<FaceLandmarks?>)> Read(string path, CancellationToken cancellation)
    {
        using var decoder = ClipDecoder.Open(path, TimeSpan.FromSeconds(10));
        var tracker = new FaceTracker(finder);
        var (frames, faces) = (new List<RgbImage>(), new List<FaceLandmarks?>());
        await foreach (var frame in decoder.Frames(cancellation))
        {
            frames.Add(frame);
            faces.Add(tracker.Next(frame));
        }
        return (frames, faces);
    }

    private static FloatImage Mean(List<RgbImage> frames, List<FaceLandmarks?> faces, int index)
    {
        var sum = FloatImage.From(frames[index]);
        var count = 1;
        for (var i = Math.Max(0, index - Around); i <= Math.Min(frames.Count - 1, index + Around); i++)
        {
            if (i == index || faces[i] is not { } face || Movement(face.Points, faces[index]!.Points) > Still)
                continue;
            var other = FloatImage.From(frames[i]);
            for (var n = 0; n < sum.Pixels.Length; n++)
                sum.Pixels[n] += other.Pixels[n];
            count++;
        }
        return sum.Map(p => p / count);
    }

    private static float Movement(Vector2[] a, Vector2[] b) => MathF.Sqrt(a.Zip(b, Vector2.DistanceSquared).Average());
}
