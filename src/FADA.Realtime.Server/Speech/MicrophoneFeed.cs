using FADA.Realtime.Media.WebRtc;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Speech;

/// <summary>Lets a microphone speak through a face: each utterance takes the floor if it is free.</summary>
internal sealed partial class MicrophoneFeed : IAsyncDisposable
{
    private readonly WebRtcMicrophone _microphone;
    private readonly SpeechFloor _floor;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public MicrophoneFeed(WebRtcMicrophone microphone, SpeechFloor floor, ILogger logger)
    {
        _microphone = microphone;
        _floor = floor;
        _logger = logger;
        // It speaks long after the request that opened it: its turns belong to no request's trace.
        using (ExecutionContext.SuppressFlow())
            _running = Task.Run(RunAsync);
    }

    public string Id => _microphone.Id;

    public WebRtcMicrophone Microphone => _microphone;

    /// <summary>Completes when the microphone is gone. Never faults.</summary>
    public Task Ended => _running;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _microphone.DisposeAsync();
    }

    private async Task RunAsync()
    {
        SpeechTurn? turn = null;
        try
        {
            var gate = new VoiceGate();
            var deaf = false;
            var pieces = new List<short[]>();
            await foreach (var piece in _microphone.Speech.ReadAllAsync(_stop.Token))
            {
                pieces.Clear();
                var ended = gate.Hear(piece, pieces.Add);
                if (pieces.Count > 0 && turn is null && !deaf)
                {
                    turn = _floor.TryTake();
                    deaf = turn is null;
                }

                foreach (var spoken in pieces)
                {
                    // Without the floor, or after an interrupt, the rest of this utterance goes nowhere.
                    if (turn is not null && !await turn.WriteAsync(spoken, _stop.Token))
                    {
                        turn.Dispose();
                        turn = null;
                        deaf = true;
                    }
                }

                if (ended)
                {
                    turn?.Dispose();
                    turn = null;
                    deaf = false;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The microphone or the session ended.
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
        finally
        {
            turn?.Dispose();
        }
    }

    [LoggerMessage(210, LogLevel.Error, "The microphone feed failed")]
    private partial void LogFailed(Exception exception);
}
