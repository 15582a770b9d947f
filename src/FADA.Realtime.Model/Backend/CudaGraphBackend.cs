using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Backend;

/// <summary>
/// Captures the work of each key once and then launches it as a whole (CUDA graphs). Whatever fails, the caller gets the
/// result of an eager run, the log a reason, and the same work is not captured again.
/// </summary>
/// <remarks>
/// Captures and replays happen on a thread of their own; only a capture takes that thread's current stream away from the
/// default one, and the device is idle before and after. Copies and replays run on the default stream as all other work
/// does, so nothing needs events to be in order. Eager runs stay on the caller's thread, whose stream nobody touches.
/// </remarks>
internal sealed class CudaGraphBackend : IGraphBackend
{
    private readonly ICudaGraphLibrary _library;
    private readonly CudaGraphOptions _options;
    private readonly Action<string> _log;
    private readonly DeviceThread _thread;

    // All below: by the device's thread alone, except where they are read as figures.
    private readonly Dictionary<GraphKey, GraphBucket> _buckets = [];
    private readonly HashSet<(GraphKey, string)> _refused = [];
    private readonly int _index;
    private CudaStream? _stream;
    private long _clock;
    private int _failures;
    private long _captures;
    private long _replays;
    private long _eager;
    private volatile string? _reason;
    private volatile bool _off;
    private int _disposed;

    /// <param name="host">Gets a way to wait for the device that no capture is in the middle of.</param>
    public CudaGraphBackend(Device device, ICudaGraphLibrary library, CudaGraphOptions options, Action<string> log, Func<Action, IHostTransfer> host)
    {
        (Device, _library, _options, _log) = (device, library, options, log);
        _index = Math.Max(0, device.index);
        _thread = new DeviceThread($"graphs {device}");
        Host = host(() => _thread.Invoke(() =>
        {
            library.Synchronize(_index);
            return true;
        }));
    }

    public Device Device { get; }

    public IHostTransfer Host { get; }

    public GraphUse Use => new(Interlocked.Read(ref _captures), Interlocked.Read(ref _replays), Interlocked.Read(ref _eager), _reason);

    public IReadOnlyList<Tensor> Run(GraphKey key, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (!_off && _thread.Invoke(() => TryReplay(key, inputs, body)) is { } outputs)
        {
            // They were made on another thread, which has no part in the caller's scope.
            if (CurrentDisposeScope is { } scope)
            {
                foreach (var output in outputs)
                    scope.Attach(output);
            }
            return outputs;
        }
        Interlocked.Increment(ref _eager);
        return body(inputs);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _thread.Invoke(() =>
        {
            foreach (var bucket in _buckets.Values)
                Free(bucket);
            _buckets.Clear();
            return true;
        });
        Host.Dispose();
        _thread.Dispose();
    }

    // Null: run it eagerly.
    private IReadOnlyList<Tensor>? TryReplay(GraphKey key, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (_buckets.TryGetValue(key, out var bucket) && !bucket.Fits(inputs))
        {
            Drop(key, bucket);
            bucket = null;
        }
        bucket ??= Capture(key, inputs, body);
        if (bucket is null)
            return null;
        bucket.LastUse = ++_clock;
        try
        {
            for (var i = 0; i < inputs.Count; i++)
                bucket.Inputs[i].copy_(inputs[i]);
            _library.Replay(bucket.Graph);
            // Copied: the next replay, of whichever session, writes to the same place.
            var outputs = bucket.Outputs.Select(t => t.clone()).ToArray();
            foreach (var output in outputs)
                output.DetachFromDisposeScope();
            Interlocked.Increment(ref _replays);
            return outputs;
        }
        catch (Exception e)
        {
            Drop(key, bucket);
            Refuse(key, inputs, "replayed", e);
            return null;
        }
    }

    private GraphBucket? Capture(GraphKey key, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body)
    {
        if (_off || _refused.Contains((key, GraphBucket.Signature(inputs))))
            return null;
        // Room first: two generations of graphs at once could be more memory than there is.
        while (_buckets.Count >= _options.MaxGraphs)
        {
            var oldest = _buckets.MinBy(b => b.Value.LastUse);
            Drop(oldest.Key, oldest.Value);
        }

        GraphBucket? bucket = null;
        try
        {
            bucket = new GraphBucket(inputs);
            Record(bucket, body);
            if (_off)
            {
                // The capture is good, the thread's stream is not.
                Free(bucket);
                return null;
            }
            _buckets[key] = bucket;
            Interlocked.Increment(ref _captures);
            return bucket;
        }
        catch (Exception e)
        {
            if (bucket is not null)
                Free(bucket);
            Refuse(key, inputs, "captured", e);
            return null;
        }
    }

    private void Record(GraphBucket bucket, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body)
    {
        var before = _library.CurrentStream(_index);
        var stream = _stream ??= _library.StreamFromPool(_index);
        // The inputs were written on the other stream, and the capture stream waits for nobody.
        _library.Synchronize(_index);
        _library.SetStream(stream);
        try
        {
            for (var i = 0; i < _options.WarmUps; i++)
            {
                using var scope = NewDisposeScope();
                body(bucket.Inputs);
            }
            _library.Synchronize(_index);
            bucket.Graph = _library.Create();
            BeginCapture(bucket);
            RecordBody(bucket, body);
        }
        finally
        {
            Restore(before);
        }
        _library.Synchronize(_index);
    }

    private void RecordBody(GraphBucket bucket, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body)
    {
        try
        {
            using var scope = NewDisposeScope();
            bucket.Outputs = body(bucket.Inputs).Select(t => t.DetachFromDisposeScope()).ToArray();
        }
        catch
        {
            // The stream must not stay in a capture; why the body failed is what is worth telling.
            EndCapture(bucket, quiet: true);
            throw;
        }
        EndCapture(bucket, quiet: false);
    }

    private void BeginCapture(GraphBucket bucket)
    {
        try
        {
            _library.CaptureBegin(bucket.Graph);
        }
        catch (CudaGraphException e)
        {
            SwitchOff($"a capture could not be begun ({FirstLine(e)})");
            throw;
        }
    }

    private void EndCapture(GraphBucket bucket, bool quiet)
    {
        try
        {
            _library.CaptureEnd(bucket.Graph);
        }
        catch (CudaGraphException e)
        {
            // Whether stream and allocator are still capturing is then unknown: never again on them.
            SwitchOff($"a capture could not be ended ({FirstLine(e)})");
            if (!quiet)
                throw;
        }
    }

    private void Restore(CudaStream before)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                _library.SetStream(before);
                return;
            }
            catch (CudaGraphException e) when (attempt == 0)
            {
                _log($"The stream of {Device} could not be restored and is tried once more: {FirstLine(e)}");
            }
            catch (CudaGraphException e)
            {
                // This thread does no further work; eager runs are on the callers' threads.
                SwitchOff($"the stream could not be restored ({FirstLine(e)})");
                return;
            }
        }
    }

    private void Refuse(GraphKey key, IReadOnlyList<Tensor> inputs, string what, Exception error)
    {
        _refused.Add((key, GraphBucket.Signature(inputs)));
        _reason = $"A window of {key.Frames} frames and {key.Steps} steps could not be {what} as a CUDA graph on {Device} and runs eagerly: {FirstLine(error)}";
        _log(_reason);
        if (++_failures >= _options.MaxFailures)
            SwitchOff($"{_failures} attempts failed");
    }

    private void SwitchOff(string why)
    {
        if (_off)
            return;
        _off = true;
        _reason = $"CUDA graphs on {Device} are off until the next start: {why}.";
        _log(_reason);
    }

    private void Drop(GraphKey key, GraphBucket bucket)
    {
        _buckets.Remove(key);
        Free(bucket);
    }

    // The tensors first, which lie in the graph's memory; then as much of the graph as can be freed.
    private void Free(GraphBucket bucket)
    {
        foreach (var tensor in bucket.Inputs.Concat(bucket.Outputs))
            tensor.Dispose();
        if (bucket.Graph == 0)
            return;
        Attempt("reset", () => _library.Reset(bucket.Graph));
        Attempt("destroyed", () => _library.Destroy(bucket.Graph));
        bucket.Graph = 0;
    }

    private void Attempt(string what, Action action)
    {
        try
        {
            action();
        }
        catch (CudaGraphException e)
        {
            _log($"A CUDA graph on {Device} could not be {what}: {FirstLine(e)}");
        }
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();
}
