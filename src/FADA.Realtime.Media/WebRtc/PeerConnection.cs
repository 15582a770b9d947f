using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FADA.Realtime.Media.Interop;
using FADA.Realtime.Media.Sdp;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>
/// One webrtcbin (named "peer" in the pipeline) as the answering side: negotiation, time-outs and an orderly
/// end.
/// </summary>
internal sealed class PeerConnection : IAsyncDisposable
{
    private readonly WebRtcOptions _options;
    private readonly TimeProvider _time;
    private readonly CallbackTarget _self;
    private readonly GstObjectHandle _bin;
    private readonly List<nuint> _handlers = [];
    private readonly TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<PeerCloseReason> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _teardownGate = new();
    private readonly long _started;
    private PeerWatch? _watch;
    private ITimer? _timer;
    private Task? _teardown;

    /// <param name="description">Pipeline with a webrtcbin named "peer".</param>
    /// <param name="baseTime">See <see cref="Interop.Pipeline"/>.</param>
    /// <param name="options">Addresses, servers, time-outs.</param>
    /// <param name="time">For the time-outs.</param>
    public PeerConnection(string description, ulong baseTime, WebRtcOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _started = time.GetTimestamp();
        Pipeline = new Pipeline(description, baseTime, OnError);
        _self = new CallbackTarget(this);
        try
        {
            _bin = Pipeline.ElementHandle("peer");
            WebRtcBin.Configure(_bin.Pointer, options);
            ConnectSignals();
        }
        catch
        {
            Pipeline.Dispose();
            _self.Dispose();
            _closing.Dispose();
            throw;
        }
    }

    public Pipeline Pipeline { get; }

    /// <summary>Why the pipeline failed; null while it works.</summary>
    public string? Failure { get; private set; }

    /// <summary>Completes when ICE and DTLS are up; cancelled when the connection ended before.</summary>
    public Task Connected => _connected.Task;

    /// <summary>Completes when the connection is over. Never faults.</summary>
    public Task<PeerCloseReason> Closed => _closed.Task;

    public bool IsConnected => _connected.Task.IsCompletedSuccessfully && !_closed.Task.IsCompleted;

    /// <summary>Time since the peer's last packet.</summary>
    public TimeSpan HeardAgo => _watch?.HeardAgo ?? TimeSpan.Zero;

    /// <summary>Runs on a pool thread once the connection is up.</summary>
    public Action? OnUp { get; init; }

    /// <summary>Runs before anything is torn down: after it, nothing may use the pipeline's elements.</summary>
    public Action? OnDown { get; init; }

    /// <summary>Starts the pipeline and negotiates.</summary>
    /// <param name="negotiation">What the peer offers and which of it is used.</param>
    /// <param name="direction">The peer's direction as webrtcbin shall see it.</param>
    /// <param name="beforeOffer">Runs when the pipeline plays, before webrtcbin sees the offer.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <returns>The complete answer.</returns>
    public async Task<string> AnswerAsync(SdpNegotiation negotiation, SdpDirection direction, Action beforeOffer, CancellationToken cancel)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, _closing.Token);
        using var bin = HandleUse.Of(_bin);
        try
        {
            Pipeline.Play();
            beforeOffer();
            using (var offer = GstSessionDescription.ParseOffer(SdpWriter.OfferForWebRtc(negotiation, direction)))
                await DescribeAsync("set-remote-description", offer.Pointer, linked.Token);
            using (var promise = new GstPromise())
            {
                WebRtcBin.Create(_bin.Pointer, "answer", promise);
                var reply = await promise.ReplyAsync("create-answer", _options.AnswerTimeout, _time, linked.Token);
                await DescribeAsync("set-local-description", WebRtcBin.DescriptionIn(reply, "answer"), linked.Token);
            }
            Watch();
            await GatherAsync(linked.Token);
            return SdpWriter.CompleteAnswer(negotiation, WebRtcBin.LocalDescription(_bin.Pointer));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new MediaException($"The connection ended while it was being set up: {Failure ?? "it was closed"}");
        }
    }

    /// <summary>Connects a signal of webrtcbin; it is disconnected at the end. Only before <see cref="AnswerAsync"/>.</summary>
    public unsafe void Connect(string signal, void* callback, nint data) =>
        _handlers.Add(GObject.Connect(_bin.Pointer, signal, callback, data));

    /// <summary>A candidate that came later; ignored where it is no usable one.</summary>
    public void AddCandidate(int line, string candidate)
    {
        if (_closed.Task.IsCompleted || !SdpSyntax.Candidate().IsMatch(candidate))
            return;
        using var bin = HandleUse.Of(_bin);
        WebRtcBin.AddCandidate(_bin.Pointer, line, candidate);
    }

    /// <summary>webrtcbin's statistics, read while they are valid.</summary>
    public async Task<T> StatisticsAsync<T>(Func<nint, T> read, CancellationToken cancel)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, _closing.Token);
        using var bin = HandleUse.Of(_bin);
        using var promise = new GstPromise();
        WebRtcBin.RequestStatistics(_bin.Pointer, promise);
        return read(await promise.ReplyAsync("statistics", TimeSpan.FromSeconds(2), _time, linked.Token));
    }

    /// <summary>Ends the connection; safe on any thread, also GStreamer's own. The first reason counts.</summary>
    public void Close(PeerCloseReason reason)
    {
        lock (_teardownGate)
        {
            if (_teardown is not null)
                return;
            // Stopping a pipeline joins its threads, so it never happens on one of them.
            _teardown = Task.Run(TearDown);
        }
        _closed.TrySetResult(reason);
        _connected.TrySetCanceled();
        ThreadPool.UnsafeQueueUserWorkItem(static closing => closing.Cancel(), _closing, preferLocal: false);
    }

    public async ValueTask DisposeAsync()
    {
        Close(PeerCloseReason.Removed);
        await _teardown!;
    }

    private async Task DescribeAsync(string signal, nint description, CancellationToken cancel)
    {
        using var promise = new GstPromise();
        WebRtcBin.Describe(_bin.Pointer, signal, description, promise);
        await promise.ReplyAsync(signal, _options.AnswerTimeout, _time, cancel);
    }

    private async Task GatherAsync(CancellationToken cancel)
    {
        try
        {
            await _gathered.Task.WaitAsync(_options.AnswerTimeout, _time, cancel);
        }
        catch (TimeoutException)
        {
            // A slow STUN or TURN server must not cost the host candidates, which are there by now.
        }
    }

    private unsafe void ConnectSignals()
    {
        delegate* unmanaged[Cdecl]<nint, nint, nint, void> connection = &OnConnectionState, gathering = &OnGatheringState;
        Connect("notify::connection-state", connection, _self.Data);
        Connect("notify::ice-gathering-state", gathering, _self.Data);
    }

    private void Watch()
    {
        lock (_teardownGate)
        {
            if (_teardown is not null)
                throw new OperationCanceledException();
            _watch = new PeerWatch(Pipeline, _time, () => Close(PeerCloseReason.PeerClosed));
            _timer = _time.CreateTimer(static self => ((PeerConnection)self!).CheckAlive(), this, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
    }

    private void CheckAlive()
    {
        if (!_connected.Task.IsCompleted)
        {
            if (_time.GetElapsedTime(_started) > _options.ConnectTimeout)
                Close(PeerCloseReason.ConnectTimeout);
        }
        else if (HeardAgo > _options.PeerTimeout)
        {
            Close(PeerCloseReason.PeerTimeout);
        }
    }

    private void OnError(string error)
    {
        Failure ??= error;
        Close(PeerCloseReason.Failed);
    }

    private void OnState(int state)
    {
        switch (state)
        {
            case WebRtcBin.StateConnected:
                _watch?.Touch();
                if (!_connected.TrySetResult())
                    break;
                Pipeline.QueueLatencyRecalculation();
                ThreadPool.UnsafeQueueUserWorkItem(static self => self.OnUp?.Invoke(), this, preferLocal: false);
                break;
            case WebRtcBin.StateFailed:
                Close(PeerCloseReason.Failed);
                break;
            case WebRtcBin.StateClosed:
                Close(PeerCloseReason.PeerClosed);
                break;
        }
    }

    private void TearDown()
    {
        OnDown?.Invoke();
        _timer?.Dispose();
        foreach (var handler in _handlers)
            GObject.Disconnect(_bin.Pointer, handler);
        _watch?.Detach();
        Pipeline.Dispose();
        // No thread of the pipeline is left that could call back.
        _watch?.Dispose();
        _self.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnectionState(nint bin, nint property, nint data) =>
        CallbackTarget.Get<PeerConnection>(data).OnState(GObject.GetEnum(bin, "connection-state"));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnGatheringState(nint bin, nint property, nint data)
    {
        if (GObject.GetEnum(bin, "ice-gathering-state") == WebRtcBin.GatheringComplete)
            CallbackTarget.Get<PeerConnection>(data)._gathered.TrySetResult();
    }
}
