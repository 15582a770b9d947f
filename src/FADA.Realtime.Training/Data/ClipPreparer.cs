using System.Numerics;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;

namespace FADA.Realtime.Training.Data;

/// <summary>One clip: decode, follow the face, cut stabilised crops, bring the sound to the pictures' length.</summary>
internal sealed class ClipPreparer(FaceFinder finder, DataPreparerOptions options)
{
    private const int SamplesPerFrame = ClipDecoder.SampleRate / ClipDecoder.FrameRate;

    // More than a tenth of the frames without a face, or a jump of half the eye distance, is no clip to learn from.
    private const float MostLost = 0.1f;
    private const float Cut = 0.5f;

    /// <exception cref="DataException">The clip cannot be used; the message says why.</exception>
    public async Task<PreparedClip> Prepare(string path, CancellationToken cancellation)
    {
        using var decoder = ClipDecoder.Open(path, options.MaxClip);
        var tracker = new FaceTracker(finder);
        var stabilizer = new ClipStabilizer(options.SmoothingFrames);
        FaceLandmarks? last = null;
        int count = 0, lost = 0;
        await foreach (var frame in decoder.Frames(cancellation))
        {
            var face = tracker.Next(frame);
            if (face is null)
            {
                lost++;
                face = last ?? throw new DataException("no face in the first frame");
            }
            else if (last is not null && Vector2.Distance(Centre(face), Centre(last)) > Cut * last.EyeDistance)
                throw new DataException($"scene cut or lost face at frame {count}");
            stabilizer.Add(frame, last = face);
            count++;
        }
        if (count < options.MinFrames)
            throw new DataException($"only {count} frames, at least {options.MinFrames} are needed");
        if (lost > MostLost * count)
            throw new DataException($"no face in {lost} of {count} frames");
        stabilizer.Complete();
        var sound = decoder.Sound();
        if (!sound.Any(s => Math.Abs((int)s) > 32))
            throw new DataException("no sound");
        Array.Resize(ref sound, count * SamplesPerFrame);
        return new PreparedClip(stabilizer.Frames, stabilizer.Landmarks, stabilizer.Transforms, sound, lost);
    }

    private static Vector2 Centre(FaceLandmarks face) => face.Points[FacePoints.NoseRoot];
}
