using System.Numerics;

namespace FADA.Realtime.Streaming.Animation.Eyes;

/// <summary>Closes the eyes of an avatar's pictures by a few fixed shares of the way; what moves where is worked out once.</summary>
public sealed class EyeLids
{
    private const int Levels = 8;
    private readonly (LidWarp Luma, LidWarp Chroma)[] _levels;
    private readonly int _width;
    private readonly int _height;

    private EyeLids(EyeShape[] eyes, int width, int height)
    {
        (_width, _height) = (width, height);
        _levels = [.. Enumerable.Range(1, Levels).Select(level => (
            new LidWarp(eyes, width, height, scale: 1, (float)level / Levels),
            new LidWarp(eyes, width / 2, height / 2, scale: 2, (float)level / Levels)))];
    }

    /// <summary>The lids of a face; null where its eyes are not both open.</summary>
    /// <param name="landmarks">The 468 points of the face in the picture.</param>
    public static EyeLids? Of(ReadOnlySpan<Vector2> landmarks, int width, int height)
    {
        EyeShape[] eyes = [EyeShape.Left(landmarks), EyeShape.Right(landmarks)];
        return Array.TrueForAll(eyes, eye => eye.IsOpen) ? new EyeLids(eyes, width, height) : null;
    }

    /// <summary>Copies a picture with its eyes closed by a share of the way, 0 (as they are) to 1 (shut).</summary>
    /// <param name="source">May be any picture of the avatar, resting or speaking.</param>
    /// <param name="target">Another one.</param>
    public void Close(VideoFrame source, VideoFrame target, float closure)
    {
        source.Data.CopyTo(target.Data, 0);
        var level = (int)Math.Round(Math.Clamp(closure, 0, 1) * Levels);
        if (level == 0)
            return;
        var (luma, chroma) = _levels[level - 1];
        var (pixels, quarter) = (_width * _height, _width * _height / 4);
        luma.Apply(source.Data.AsSpan(0, pixels), target.Data.AsSpan(0, pixels));
        chroma.Apply(source.Data.AsSpan(pixels, quarter), target.Data.AsSpan(pixels, quarter));
        chroma.Apply(source.Data.AsSpan(pixels + quarter, quarter), target.Data.AsSpan(pixels + quarter, quarter));
    }
}
