using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.Recording;

/// <summary>
/// A viewer that keeps what it sees: the session's coded frames, as they are, in a WebM (VP8) or Matroska (H.264) file
/// with Opus. Begins with a key frame; pushing never blocks.
/// </summary>
internal sealed class Recorder : IAsyncDisposable
{
    // Coded frames that may wait for the disk: ten seconds of pictures.
    private const int MaxQueued = 250;
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(10);
    private readonly RecorderOptions _options;
    private readonly string _partial;
    private readonly Pipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly Action _requestKeyFrame;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<RecordingEnd> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly nint _video;
    private readonly nint _audio;
    private bool _open = true;
    private TimeSpan? _start;
    private TimeSpan _last;
    private TimeSpan _lastSound = TimeSpan.MinValue;
    private long _frames;
    private long _bytes;

    /// <param name="encoder">What the shared encoder makes.</param>
    /// <param name="requestKeyFrame">Asks the shared encoder; any thread, must not block.</param>
    /// <exception cref="MediaException">The folder cannot be written, or an element is missing.</exception>
    public Recorder(RecorderOptions options, SessionEncoderOptions encoder, TimeProvider time, Action requestKeyFrame)
    {
        (_options, _time, _requestKeyFrame) = (options, time, requestKeyFrame);
        _partial = options.Path + ".part";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(options.Path))!);
            using var probe = new FileStream(_partial, FileMode.Create, FileAccess.Write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"'{options.Path}' cannot be written: {exception.Message}", exception);
        }
        var (caps, parser, muxer) = encoder.Codec == VideoCodec.Vp8
            ? ($"video/x-vp8,width={encoder.Width},height={encoder.Height},framerate=0/1", "identity", "webmmux")
            : ("video/x-h264,stream-format=byte-stream,alignment=au", "h264parse", "matroskamux");
        _pipeline = new Pipeline(
            $"appsrc name=video format=time block=false max-bytes=0 max-buffers=0 caps=\"{caps}\" ! {parser} ! {muxer} name=mux " +
            "writing-app=FADA.Realtime ! filesink name=file sync=false " +
            "appsrc name=audio format=time block=false max-bytes=0 max-buffers=0 " +
            "caps=\"audio/x-opus,channel-mapping-family=0,channels=1,rate=48000\" ! opusparse ! mux.",
            GstClock.Now, message => Fail(new MediaException($"The recording failed: {message}")))
        {
            OnEndOfStream = () => _written.TrySetResult(),
        };
        try
        {
            GObject.Set(_pipeline.Element("file"), "location", _partial);
            (_video, _audio) = (_pipeline.Element("video"), _pipeline.Element("audio"));
            _pipeline.Play();
        }
        catch
        {
            _pipeline.Dispose();
            File.Delete(_partial);
            throw;
        }
        requestKeyFrame();
    }

    /// <summary>Completes when a limit is reached or the recording has failed; not when it is stopped.</summary>
    public Task<RecordingEnd> Ending => _ending.Task;

    public string Path => _options.Path;

    /// <summary>Length so far.</summary>
    public TimeSpan Duration
    {
        get
        {
            lock (_gate)
                return _start is { } start ? _last - start : TimeSpan.Zero;
        }
    }

    public void PushVideo(EncodedFrame frame)
    {
        lock (_gate)
        {
            if (!_open || (_start is null && !frame.IsKeyFrame))
                return;
            _start ??= frame.Pts;
            _last = frame.Pts + (frame.Duration > TimeSpan.Zero ? frame.Duration : TimeSpan.FromMilliseconds(40));
            _frames++;
            Push(_video, frame, _start.Value);
        }
    }

    public void PushAudio(EncodedFrame frame)
    {
        lock (_gate)
        {
            // Sound from before the first picture has no place in the file.
            if (!_open || _start is not { } start || frame.Pts < start || frame.Pts <= _lastSound)
                return;
            _lastSound = frame.Pts;
            Push(_audio, frame, start);
        }
    }

    /// <summary>Finishes the file.</summary>
    /// <exception cref="MediaException">There was no picture, or the file could not be written.</exception>
    public async Task<RecordingResult> CompleteAsync(RecordingEnd end)
    {
        lock (_gate)
            _open = false;
        try
        {
            if (_frames == 0)
                throw new MediaException("The recording has no picture: it was stopped before the first key frame.");
            GstApp.EndOfStream(_video);
            GstApp.EndOfStream(_audio);
            await _written.Task.WaitAsync(EndTimeout, _time);
            _pipeline.Stop();
            File.Move(_partial, _options.Path, overwrite: true);
            return new RecordingResult(_options.Path, Duration, _frames, new FileInfo(_options.Path).Length, end);
        }
        catch (TimeoutException exception)
        {
            throw new MediaException($"The recording could not be finished in {EndTimeout.TotalSeconds:0} s.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"'{_options.Path}' cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Throws away what is not complete.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _open = false;
        _ending.TrySetCanceled();
        await Task.Run(_pipeline.Dispose); // joins its threads
        try
        {
            File.Delete(_partial);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A rest under its partial name is not worth hiding what happened before.
        }
    }

    private void Push(nint source, EncodedFrame frame, TimeSpan start)
    {
        if (GstApp.QueuedBuffers(source) >= MaxQueued)
        {
            Fail(new MediaException("The recording failed: the disk does not keep up."));
            return;
        }
        _bytes += frame.Data.Length;
        _ = GstApp.Push(source, GstBuffer.Create(
            frame.Data.Span, MediaTime.ToNanoseconds(frame.Pts - start), MediaTime.ToNanoseconds(frame.Duration), frame.IsKeyFrame));
        if (_bytes >= _options.MaxBytes)
            End(RecordingEnd.BytesReached);
        else if (_last - start >= _options.MaxDuration)
            End(RecordingEnd.DurationReached);
    }

    private void End(RecordingEnd why)
    {
        _open = false;
        _ending.TrySetResult(why);
    }

    private void Fail(MediaException exception)
    {
        _written.TrySetException(exception);
        _ending.TrySetException(exception);
        _ = _written.Task.Exception;
        _ = _ending.Task.Exception;
    }
}
