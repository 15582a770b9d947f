namespace FADA.Realtime.Media.Recording;

/// <summary>A recording that runs, or has ended.</summary>
public sealed class SessionRecording
{
    private readonly Recorder _recorder;
    private readonly Action _detach;
    private readonly Lazy<Task<RecordingResult>> _result;
    private RecordingEnd _end;

    internal SessionRecording(Recorder recorder, Action detach)
    {
        (_recorder, _detach) = (recorder, detach);
        _result = new Lazy<Task<RecordingResult>>(FinishAsync);
        _ = WatchAsync();
    }

    /// <summary>The file, once it is complete.</summary>
    public string Path => _recorder.Path;

    /// <summary>Length so far.</summary>
    public TimeSpan Duration => _recorder.Duration;

    /// <summary>Whether it has ended, by whichever way.</summary>
    public bool Ended => _result.IsValueCreated;

    /// <summary>Ends it and waits for the file; where it has ended already, tells how.</summary>
    /// <exception cref="MediaException">There was no picture, or the file could not be written.</exception>
    public Task<RecordingResult> StopAsync() => _result.Value;

    // At the session's end nobody is there to be told.
    internal async Task EndAsync(RecordingEnd end)
    {
        if (!Ended)
            _end = end;
        await ((Task)_result.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WatchAsync()
    {
        try
        {
            await EndAsync(await _recorder.Ending);
        }
        catch (Exception exception) when (exception is MediaException or OperationCanceledException)
        {
            // Failed: whoever stops it is told. Cancelled: it was stopped.
            await ((Task)_result.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<RecordingResult> FinishAsync()
    {
        try
        {
            return await _recorder.CompleteAsync(_end);
        }
        finally
        {
            _detach();
            await _recorder.DisposeAsync();
        }
    }
}
