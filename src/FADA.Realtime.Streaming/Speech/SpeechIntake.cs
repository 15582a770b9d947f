using System.Threading.Channels;
using FADA.Realtime.Streaming.Sessions;

namespace FADA.Realtime.Streaming.Speech;

/// <summary>
/// Cuts speech into frames of 640 samples and queues them. The frames are pooled and come back when they were played
/// or dropped, so the pool is both the memory and the back-pressure.
/// </summary>
internal sealed class SpeechIntake
{
    private readonly Lock _gate = new();
    private readonly Channel<SpeechFrame> _free;
    private readonly Channel<SpeechItem> _queue;
    private readonly TurnLedger _ledger;
    private readonly SessionClock _clock;
    private readonly WakeSignal _wake;
    private readonly int _frames;
    private SpeechFrame? _partial;
    private int _turn;
    private TimeSpan _turnStart;
    private TimeSpan _lastWrite;
    private bool _writing;
    private bool _endWanted;
    private bool _closed;

    public SpeechIntake(TimeSpan buffer, TurnLedger ledger, SessionClock clock, WakeSignal wake)
    {
        _ledger = ledger;
        _clock = clock;
        _wake = wake;
        _frames = (int)(buffer / SpeechClock.FrameDuration);
        _free = Channel.CreateBounded<SpeechFrame>(_frames);
        for (var i = 0; i < _frames; i++)
            _free.Writer.TryWrite(new SpeechFrame());
        // A turn has at least one frame, so there are never more ends than frames.
        _queue = Channel.CreateBounded<SpeechItem>(2 * _frames);
    }

    public ChannelReader<SpeechItem> Queue => _queue.Reader;

    /// <summary>Speech accepted and not yet played, in whole frames.</summary>
    public TimeSpan Buffered => (_frames - _free.Reader.Count) * SpeechClock.FrameDuration;

    public ValueTask WriteAsync(ReadOnlyMemory<short> pcm, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ThrowIfClosed();
            if (_writing)
                throw new InvalidOperationException("Another write of this session is still waiting; speech has one writer at a time.");
            if (pcm.IsEmpty)
                return ValueTask.CompletedTask;
            if (_turn == 0 || _turn < _ledger.Current)
                OpenTurn();
            var taken = Take(pcm.Span);
            if (taken == pcm.Length)
                return ValueTask.CompletedTask;
            _writing = true;
            return WriteRestAsync(pcm[taken..], _turn, cancellation);
        }
    }

    public void EndTurn()
    {
        lock (_gate)
        {
            if (_writing)
                _endWanted = true;
            else
                End();
        }
    }

    /// <summary>Ends the turn if nothing was written to it for that long.</summary>
    /// <returns>How long it must still be quiet; zero when nothing is left to wait for.</returns>
    public TimeSpan EndIfQuiet(int turn, TimeSpan quiet)
    {
        lock (_gate)
        {
            if (_turn != turn)
                return TimeSpan.Zero;
            var left = _writing ? quiet : _lastWrite + quiet - _clock.Now;
            if (left > TimeSpan.Zero)
                return left;
            End();
            return TimeSpan.Zero;
        }
    }

    /// <summary>A frame was played or dropped.</summary>
    public void Return(SpeechFrame frame) => _free.Writer.TryWrite(frame);

    public void Close()
    {
        lock (_gate)
            _closed = true;
        _free.Writer.TryComplete();
    }

    private async ValueTask WriteRestAsync(ReadOnlyMemory<short> rest, int turn, CancellationToken cancellation)
    {
        try
        {
            while (!rest.IsEmpty)
            {
                await _free.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false);
                lock (_gate)
                {
                    ThrowIfClosed();
                    if (turn < _ledger.Current)
                        return; // interrupted: the rest of the utterance is not wanted
                    rest = rest[Take(rest.Span)..];
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _writing = false;
                if (_endWanted)
                    End();
            }
        }
    }

    private void OpenTurn()
    {
        _turn = _ledger.Open();
        _turnStart = _clock.Now;
        _endWanted = false;
        if (_partial is not null)
            _partial.Count = 0;
    }

    private int Take(ReadOnlySpan<short> pcm)
    {
        var taken = 0;
        _lastWrite = _clock.Now;
        while (taken < pcm.Length)
        {
            if (_partial is null)
            {
                if (!_free.Reader.TryRead(out _partial))
                    break;
                _partial.Count = 0;
            }

            var count = Math.Min(pcm.Length - taken, _partial.Samples.Length - _partial.Count);
            pcm.Slice(taken, count).CopyTo(_partial.Samples.AsSpan(_partial.Count));
            _partial.Count += count;
            taken += count;
            if (_partial.Count == _partial.Samples.Length)
                PushPartial(_partial);
        }

        return taken;
    }

    private void End()
    {
        _endWanted = false;
        if (_turn == 0)
            return;
        if (_turn >= _ledger.Current)
        {
            if (_partial is { Count: > 0 })
            {
                _partial.Samples.AsSpan(_partial.Count).Clear();
                PushPartial(_partial);
            }

            Push(new SpeechItem(_turn, null));
            _ledger.Received(_turn);
        }

        _turn = 0;
    }

    private void PushPartial(SpeechFrame frame)
    {
        frame.TurnStart = _turnStart;
        _partial = null;
        Push(new SpeechItem(_turn, frame));
    }

    private void Push(SpeechItem item)
    {
        if (!_queue.Writer.TryWrite(item))
            throw new InvalidOperationException("The speech queue is full, although it has room for every pooled frame.");
        _wake.Pulse();
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, typeof(AvatarSession));
}
