using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>
/// A running pipeline on the one system clock with a given base time, so that timestamps mean the same in all
/// pipelines. Never dispose it on one of its own threads.
/// </summary>
internal sealed unsafe class Pipeline : IDisposable
{
    private readonly GstObjectHandle _pipeline;
    private readonly GstObjectHandle _bus;
    private readonly CallbackTarget _self;
    private readonly Action<string> _onError;
    private readonly Dictionary<string, GstObjectHandle> _elements = [];
    private readonly Lock _gate = new();
    private volatile bool _stopped;

    /// <param name="description">In gst-launch syntax, more than one element.</param>
    /// <param name="baseTime">Clock time that counts as running time 0.</param>
    /// <param name="onError">Called on a GStreamer thread; must not block.</param>
    public Pipeline(string description, ulong baseTime, Action<string> onError)
    {
        GStreamerRuntime.Initialize();
        nint error = 0;
        var instance = GstElement.ParseLaunch(description, &error);
        var message = GLib.TakeError(error);
        if (instance == 0)
            throw new MediaException($"GStreamer cannot build the pipeline: {message}");
        _pipeline = GstObjectHandle.Sink(instance);
        _onError = onError;
        _self = new CallbackTarget(this);
        _bus = new GstObjectHandle(GstElement.GetBus(instance));
        GstBus.SetSyncHandler(_bus.Pointer, &OnMessage, _self.Data, 0);
        GstElement.UseClock(instance, GstClock.Pointer);
        GstElement.SetStartTime(instance, GstBuffer.NoTime);
        GstElement.SetBaseTime(instance, baseTime);
        if (message is null)
            return;
        Dispose();
        throw new MediaException($"GStreamer cannot build the pipeline: {message}");
    }

    /// <summary>Called on a GStreamer thread when every sink has had its last buffer; must not block.</summary>
    public Action? OnEndOfStream { get; init; }

    /// <summary>An element by its name; borrowed, valid while the pipeline lives.</summary>
    public nint Element(string name) => ElementHandle(name).Pointer;

    /// <summary>An element by its name; the pipeline disposes the handle with itself.</summary>
    public GstObjectHandle ElementHandle(string name)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_elements.TryGetValue(name, out var known))
                return known;
            var element = GstElement.GetByName(_pipeline.Pointer, name);
            if (element == 0)
                throw new MediaException($"The pipeline has no element '{name}'.");
            return _elements[name] = new GstObjectHandle(element);
        }
    }

    public void Play()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (GstElement.SetState(_pipeline.Pointer, GstElement.StatePlaying) == 0)
                throw new MediaException("GStreamer cannot start the pipeline.");
        }
    }

    /// <summary>Safe at any time and on any thread: it happens on a pool thread.</summary>
    public void QueueLatencyRecalculation() =>
        ThreadPool.UnsafeQueueUserWorkItem(static pipeline => pipeline.RecalculateLatency(), this, preferLocal: false);

    private void RecalculateLatency()
    {
        try
        {
            if (!_stopped)
                _ = GstElement.RecalculateLatency(_pipeline);
        }
        catch (ObjectDisposedException)
        {
            // The pipeline ended in between.
        }
    }

    /// <summary>Stops every thread of the pipeline; no callback of its elements comes after that.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (_stopped)
                return;
            _stopped = true;
        }
        _ = GstElement.SetState(_pipeline.Pointer, GstElement.StateNull);
    }

    public void Dispose()
    {
        if (_pipeline.IsClosed)
            return;
        Stop();
        GstBus.SetSyncHandler(_bus.Pointer, null, 0, 0);
        foreach (var element in _elements.Values)
            element.Dispose();
        _bus.Dispose();
        _pipeline.Dispose();
        _self.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnMessage(nint bus, nint message, nint data)
    {
        var self = CallbackTarget.Get<Pipeline>(data);
        switch (GstBus.MessageType(message))
        {
            case GstBus.Error:
                self._onError(GstBus.ErrorText(message));
                break;
            case GstBus.EndOfStream:
                self.OnEndOfStream?.Invoke();
                break;
            case GstBus.Latency:
                // The posting thread may hold locks that the recalculation needs.
                self.QueueLatencyRecalculation();
                break;
        }
        GstMiniObject.Unref(message);
        return GstBus.Drop;
    }
}
