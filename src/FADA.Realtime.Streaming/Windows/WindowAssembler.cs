using FADA.Realtime.Streaming.Speech;

namespace FADA.Realtime.Streaming.Windows;

/// <summary>
/// The speech of the next window and its look-ahead, in order. Frames that are not there are silence: beyond the end
/// of a turn, or where it closes.
/// </summary>
internal sealed class WindowAssembler
{
    public const int Capacity = WindowSchedule.Max + SpeechClock.LookAheadFrames;

    private readonly Queue<SpeechFrame> _frames = new(Capacity);

    public int Count => _frames.Count;

    public bool Full => _frames.Count == Capacity;

    public void Add(SpeechFrame frame) => _frames.Enqueue(frame);

    /// <summary>The oldest frame, null when none is left.</summary>
    public SpeechFrame? Take() => _frames.TryDequeue(out var frame) ? frame : null;

    /// <summary>Writes (frames + look-ahead) x 640 samples, -1..1.</summary>
    public ReadOnlyMemory<float> Fill(float[] speech, int frames)
    {
        var window = speech.AsMemory(0, (frames + SpeechClock.LookAheadFrames) * SpeechClock.SamplesPerFrame);
        var rest = window.Span;
        foreach (var frame in _frames)
        {
            if (rest.IsEmpty)
                break;
            for (var i = 0; i < SpeechClock.SamplesPerFrame; i++)
                rest[i] = frame.Samples[i] / 32768f;
            rest = rest[SpeechClock.SamplesPerFrame..];
        }

        rest.Clear();
        return window;
    }
}
