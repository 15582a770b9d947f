using System.Collections.Concurrent;

namespace FADA.Realtime.Streaming.Tests.Fakes;

/// <summary>Paints the speech value of each frame into its picture, and remembers what it was asked for.</summary>
internal sealed class FakeAnimator : IFaceAnimator
{
    public const int Size = 64;

    private readonly List<VideoFrame> _idle = [];
    private int _disposed;

    public FakeAnimator(int idleFrames = 50, Func<int, byte>? idleLuma = null)
    {
        for (var i = 0; i < idleFrames; i++)
        {
            var frame = new VideoFrame(Size, Size);
            frame.Data.AsSpan().Fill(idleLuma?.Invoke(i) ?? 40);
            Stamp(frame, 0);
            _idle.Add(frame);
        }
    }

    public int Width => Size;
    public int Height => Size;
    public IReadOnlyList<VideoFrame> Idle => _idle;

    /// <summary>Luma of a spoken picture, by speech value.</summary>
    public Func<int, byte> SpokenLuma { get; init; } = static _ => 120;

    /// <summary>Runs inside every Animate: waits, fails, moves the clock.</summary>
    public Action<AnimateCall>? During { get; set; }

    public ConcurrentQueue<AnimateCall> Calls { get; } = new();
    public ConcurrentQueue<int> Begun { get; } = new();
    public int Disposed => Volatile.Read(ref _disposed);

    /// <summary>Whether Animate is waiting in <see cref="During"/>.</summary>
    public volatile bool Blocked;

    public void Begin(int idleFrame) => Begun.Enqueue(idleFrame);

    public void Animate(ReadOnlySpan<float> speech, ReadOnlySpan<VideoFrame> output)
    {
        Assert.Equal(0, Disposed);
        Assert.Equal((output.Length + SpeechClock.LookAheadFrames) * SpeechClock.SamplesPerFrame, speech.Length);
        var values = new int[output.Length + SpeechClock.LookAheadFrames];
        for (var i = 0; i < values.Length; i++)
            values[i] = (int)MathF.Round(speech[i * SpeechClock.SamplesPerFrame] * 32768f);
        var call = new AnimateCall(values[..output.Length], values[output.Length..]);
        Calls.Enqueue(call);
        During?.Invoke(call);
        for (var i = 0; i < output.Length; i++)
        {
            output[i].Data.AsSpan().Fill(SpokenLuma(values[i]));
            Stamp(output[i], values[i]);
        }
    }

    public void Dispose() => Interlocked.Increment(ref _disposed);

    /// <summary>The speech value painted into a picture; 0 in idle and closing pictures.</summary>
    public static int Read(VideoFrame frame) => frame.Data[0] | (frame.Data[1] << 8);

    public static byte Luma(VideoFrame frame) => frame.Data[Size * Size / 2];

    private static void Stamp(VideoFrame frame, int value)
    {
        frame.Data[0] = (byte)value;
        frame.Data[1] = (byte)(value >> 8);
    }
}
