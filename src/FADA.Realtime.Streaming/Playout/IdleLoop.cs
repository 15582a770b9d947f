namespace FADA.Realtime.Streaming.Playout;

/// <summary>
/// The motion shown while nobody speaks. It runs round; once a turn has been promised to begin after a certain frame
/// (the join), it stays within a few frames of that one until the speech is there.
/// </summary>
internal sealed class IdleLoop
{
    private const int Side = 32;

    // Around the join: back and forth, so that a slow machine shows a moving face and not a still.
    private static ReadOnlySpan<byte> Sway => [0, 1, 2, 3, 2, 1];

    private readonly IReadOnlyList<VideoFrame> _frames;
    private readonly byte[][] _thumbnails;
    private readonly byte[] _thumbnail = new byte[Side * Side];
    private int _index;
    private int _join = -1;
    private int _waited;

    public IdleLoop(IReadOnlyList<VideoFrame> frames)
    {
        _frames = frames;
        _thumbnails = new byte[frames.Count][];
        for (var i = 0; i < frames.Count; i++)
            Shrink(frames[i], _thumbnails[i] = new byte[Side * Side]);
        _index = frames.Count - 1; // the first step shows frame 0
    }

    /// <summary>The frame shown last; read by any thread.</summary>
    public int Index => Volatile.Read(ref _index);

    public int Count => _frames.Count;

    public VideoFrame Current => _frames[_index];

    /// <param name="join">The frame after which speech will begin; -1 when none is expected.</param>
    public VideoFrame Step(int join)
    {
        if (join != _join)
        {
            _join = join;
            _waited = 0;
        }

        if (join >= 0 && (_waited > 0 || _index == join))
        {
            _waited++;
            return MoveTo(join - Sway[_waited % Sway.Length]);
        }

        return MoveTo(_index + 1);
    }

    /// <summary>Goes to the frame that looks most like the picture.</summary>
    public VideoFrame JumpNear(VideoFrame picture)
    {
        Shrink(picture, _thumbnail);
        var best = 0;
        var least = int.MaxValue;
        for (var i = 0; i < _thumbnails.Length; i++)
        {
            var difference = Difference(_thumbnail, _thumbnails[i]);
            if (difference >= least)
                continue;
            least = difference;
            best = i;
        }

        _join = -1;
        return MoveTo(best);
    }

    private VideoFrame MoveTo(int index)
    {
        var wrapped = ((index % Count) + Count) % Count;
        Volatile.Write(ref _index, wrapped);
        return _frames[wrapped];
    }

    private static int Difference(byte[] a, byte[] b)
    {
        var sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum;
    }

    /// <summary>The luma as box means of at most 32 x 32 cells.</summary>
    private static void Shrink(VideoFrame frame, byte[] output)
    {
        for (var cellY = 0; cellY < Side; cellY++)
        {
            var (top, bottom) = Cell(cellY, frame.Height);
            for (var cellX = 0; cellX < Side; cellX++)
            {
                var (left, right) = Cell(cellX, frame.Width);
                var sum = 0;
                for (var y = top; y < bottom; y++)
                {
                    foreach (var luma in frame.Data.AsSpan((y * frame.Width) + left, right - left))
                        sum += luma;
                }

                output[(cellY * Side) + cellX] = (byte)(sum / ((bottom - top) * (right - left)));
            }
        }
    }

    private static (int From, int To) Cell(int cell, int size)
    {
        var from = cell * size / Side;
        return (from, Math.Max(from + 1, (cell + 1) * size / Side));
    }
}
