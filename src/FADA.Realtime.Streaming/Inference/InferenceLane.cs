using System.Diagnostics;
using System.Threading.Tasks.Sources;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Streaming.Windows;

namespace FADA.Realtime.Streaming.Inference;

/// <summary>
/// A session's access to the device: one window at a time, described here and not as a delegate, so that a scheduler
/// can put the windows of several lanes into one batch. Reused for every window, which costs no allocation.
/// </summary>
internal sealed class InferenceLane(InferenceExecutor executor) : IValueTaskSource<InferenceTiming>, IDisposable
{
    private ManualResetValueTaskSourceCore<InferenceTiming> _source = new() { RunContinuationsAsynchronously = true };
    private IFaceAnimator? _animator;
    private int? _begin;
    private ActivityContext _trace;
    private ReadOnlyMemory<float> _speech;
    private int _frames;
    private bool _disposed;

    /// <summary>Room for the speech of the largest window.</summary>
    public float[] Speech { get; } = new float[WindowAssembler.Capacity * SpeechClock.SamplesPerFrame];

    /// <summary>The frames to fill.</summary>
    public VideoFrame[] Output { get; } = new VideoFrame[WindowSchedule.Max];

    /// <summary>When the window was asked for; a timestamp of the executor's clock.</summary>
    public long AskedAt { get; private set; }

    /// <summary>Renders a window; call again only after it completed.</summary>
    /// <param name="begin">Not null: first begins a turn after this idle frame.</param>
    /// <param name="timeLeft">Until the first frame is due; decides who goes first.</param>
    /// <param name="trace">Of the turn; default where it is not traced.</param>
    public ValueTask<InferenceTiming> RenderAsync(
        IFaceAnimator animator, int? begin, ReadOnlyMemory<float> speech, int frames, TimeSpan timeLeft, ActivityContext trace = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _source.Reset();
        _animator = animator;
        _begin = begin;
        _trace = trace;
        _speech = speech;
        _frames = frames;
        AskedAt = executor.Time.GetTimestamp();
        executor.Enqueue(this, timeLeft);
        return new ValueTask<InferenceTiming>(this, _source.Version);
    }

    /// <summary>On the executor's thread.</summary>
    internal void Run()
    {
        var started = executor.Time.GetTimestamp();
        var wait = executor.Time.GetElapsedTime(AskedAt, started);
        using var span = StartSpan(wait);
        try
        {
            if (_begin is { } idle)
                _animator!.Begin(idle);
            _animator!.Animate(_speech.Span, Output.AsSpan(0, _frames));
        }
        catch (Exception error)
        {
            // Before whoever waits goes on: the turn's span is to end after those of its windows.
            span?.SetStatus(ActivityStatusCode.Error).Stop();
            _source.SetException(error);
            return;
        }

        var run = executor.Time.GetElapsedTime(started);
        executor.Metrics.WindowRendered(wait, run, _frames);
        span?.Stop();
        _source.SetResult(new InferenceTiming(wait, run));
    }

    // The stages inside find it as the current one of this thread.
    private Activity? StartSpan(TimeSpan wait)
    {
        if (_trace == default)
            return null;
        var span = Tracing.Source.StartActivity("avatar.window", ActivityKind.Internal, _trace);
        span?.SetTag("avatar.window.frames", _frames);
        span?.SetTag("avatar.window.wait_s", wait.TotalSeconds);
        return span;
    }

    internal void Refuse(Exception error) => _source.SetException(error);

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        executor.Close();
    }

    InferenceTiming IValueTaskSource<InferenceTiming>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<InferenceTiming>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<InferenceTiming>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
