using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Faces.Detection;

/// <summary>
/// Faces of a picture with their landmarks: detector, then landmark net on a turned square crop. Stateless, so one
/// instance serves every thread; <see cref="FaceTracker"/> follows a face through a video.
/// </summary>
public sealed class FaceFinder : IDisposable
{
    /// <summary>Least presence score of a face that counts.</summary>
    public const float LeastPresence = 0.5f;

    private const int DetectorInput = 256;

    // A second face this much smaller than the first is somebody in the background.
    private const float Background = 0.4f;
    private const float LeastEyeDistance = 24;

    private readonly FaceDetector _detector;
    private readonly LandmarkNet _landmarks;

    /// <param name="folder">Where the networks lie; <see cref="FaceModels.Folder"/> when null.</param>
    /// <exception cref="FaceModelException">A network is missing or damaged.</exception>
    public FaceFinder(string? folder = null)
    {
        folder ??= FaceModels.Folder();
        _detector = new FaceDetector(folder);
        try
        {
            _landmarks = new LandmarkNet(folder);
        }
        catch
        {
            _detector.Dispose();
            throw;
        }
    }

    /// <summary>All faces, largest first.</summary>
    public IReadOnlyList<FaceLandmarks> Find(RgbImage image)
    {
        // The whole picture finds most faces, a reduced one those that fill it; tiles only when both saw nothing.
        var boxes = FaceDetector.Merge(Views(image).SelectMany(v => _detector.Detect(image, v)));
        if (boxes.Count == 0)
            boxes = FaceDetector.Merge(Tiles(image).SelectMany(v => _detector.Detect(image, v)));
        var faces = new List<FaceLandmarks>();
        foreach (var box in boxes)
        {
            var coarse = _landmarks.Locate(image, box);
            var face = coarse.Presence < LeastPresence ? coarse : _landmarks.Locate(image, coarse);
            if (face.Presence >= LeastPresence && !faces.Any(f => Same(f, face)))
                faces.Add(face);
        }
        return [.. faces.OrderByDescending(f => f.EyeDistance)];
    }

    /// <summary>The one face of a portrait.</summary>
    /// <exception cref="PortraitException">No face, several of similar size, or one with too few pixels.</exception>
    public FaceLandmarks FindPortrait(RgbImage image)
    {
        var faces = Find(image);
        if (faces.Count == 0)
            throw new PortraitException(PortraitError.NoFace, "No face was found in the picture.");
        var several = faces.Count(f => f.EyeDistance > Background * faces[0].EyeDistance);
        if (several > 1)
            throw new PortraitException(PortraitError.SeveralFaces, $"The picture shows {several} faces; a portrait with exactly one is needed.");
        if (faces[0].EyeDistance < LeastEyeDistance)
            throw new PortraitException(PortraitError.FaceTooSmall,
                $"The face is too small: {faces[0].EyeDistance:0} pixels between the outer eye corners, at least {LeastEyeDistance:0} are needed.");
        return faces[0];
    }

    /// <summary>Landmarks near where the face was in the frame before, without the detector.</summary>
    public FaceLandmarks Follow(RgbImage image, FaceLandmarks previous) => _landmarks.Locate(image, previous);

    public void Dispose()
    {
        _detector.Dispose();
        _landmarks.Dispose();
    }

    private static bool Same(FaceLandmarks a, FaceLandmarks b) =>
        Vector2.Distance(a.Points[FacePoints.NoseTip], b.Points[FacePoints.NoseTip]) < 0.5f * MathF.Max(a.EyeDistance, b.EyeDistance);

    private static IEnumerable<CropTransform> Views(RgbImage image)
    {
        var (centre, side) = (new Vector2(image.Width, image.Height) / 2, MathF.Max(image.Width, image.Height));
        yield return CropTransform.Square(centre, side, 0, DetectorInput);
        yield return CropTransform.Square(centre, 1.7f * side, 0, DetectorInput);
    }

    // Overlapping squares over the longer and shorter side, at half and a quarter of the size.
    private static IEnumerable<CropTransform> Tiles(RgbImage image)
    {
        var longest = MathF.Max(image.Width, image.Height);
        for (var part = 2; part <= 4; part += 2)
        {
            var side = longest / part;
            if (side < DetectorInput / 4)
                yield break;
            for (var y = side / 2; y < image.Height; y += side / 2)
                for (var x = side / 2; x < image.Width; x += side / 2)
                    yield return CropTransform.Square(new Vector2(x, y), side, 0, DetectorInput);
        }
    }
}
