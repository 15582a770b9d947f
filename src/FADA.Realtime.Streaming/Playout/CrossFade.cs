using System.Numerics;

namespace FADA.Realtime.Streaming.Playout;

/// <summary>Leads from a picture to a moving one over a few frames, so that joining two motions shows no jump.</summary>
internal sealed class CrossFade(int frames, int width, int height)
{
    private readonly VideoFrame _from = new(width, height);
    private readonly VideoFrame _mixed = new(width, height);
    private int _left;

    /// <summary>Fades from this picture; it is copied.</summary>
    public void Start(VideoFrame from)
    {
        from.Data.CopyTo(_from.Data, 0);
        _left = frames;
    }

    /// <summary>The picture to show in place of the target; the target itself when no fade goes on.</summary>
    public VideoFrame Apply(VideoFrame target)
    {
        if (_left == 0)
            return target;
        Mix(_from.Data, target.Data, _mixed.Data, (ushort)(256 * (frames + 1 - _left) / (frames + 1)));
        _left--;
        return _mixed;
    }

    /// <summary>output = (from (256 - weight) + to weight) / 256, rounded.</summary>
    internal static void Mix(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, Span<byte> output, ushort weight)
    {
        var i = 0;
        var keep = new Vector<ushort>((ushort)(256 - weight));
        var take = new Vector<ushort>(weight);
        var half = new Vector<ushort>(128);
        for (; i <= output.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(from[i..]), out var fromLow, out var fromHigh);
            Vector.Widen(new Vector<byte>(to[i..]), out var toLow, out var toHigh);
            var low = ((fromLow * keep) + (toLow * take) + half) >>> 8;
            var high = ((fromHigh * keep) + (toHigh * take) + half) >>> 8;
            Vector.Narrow(low, high).CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
            output[i] = (byte)(((from[i] * (256 - weight)) + (to[i] * weight) + 128) >> 8);
    }
}
