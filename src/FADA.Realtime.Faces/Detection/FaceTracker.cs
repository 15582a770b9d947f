using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Faces.Detection;

/// <summary>Follows the largest face through the frames of one video; the detector runs only when the face is lost.</summary>
public sealed class FaceTracker(FaceFinder finder)
{
    private FaceLandmarks? _last;

    /// <summary>How often the detector had to run.</summary>
    public int Detections { get; private set; }

    /// <summary>Landmarks in the next frame, or null when no face is seen.</summary>
    public FaceLandmarks? Next(RgbImage frame)
    {
        if (_last is not null && finder.Follow(frame, _last) is { Presence: >= FaceFinder.LeastPresence } followed)
            return _last = followed;
        Detections++;
        return _last = finder.Find(frame) is [var largest, ..] ? largest : null;
    }
}
