using System.Threading.Channels;
using FADA.Realtime.Server.Errors;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Speech;

/// <summary>Speaks utterances one after another, each as a turn of its own. Bounded: a full queue refuses.</summary>
internal sealed partial class SpeechQueue : IAsyncDisposable
{
    /// <summary>Utterances that may wait.</summary>
    public const int Capacity = 8;

    private readonly Channel<Utterance> _waiting = Channel.CreateBounded<Utterance>(Capacity);
    private readonly CancellationTokenSource _stop = new();
    private readonly SpeechFloor _floor;
    private readonly ILogger _logger;
    private readonly Task _speaking;

    public SpeechQueue(SpeechFloor floor, ILogger logger)
    {
        _floor = floor;
        _logger = logger;
        _speaking = Task.Run(SpeakAllAsync);
    }

    /// <summary>Whether nothing waits.</summary>
    public bool Empty => Count == 0;

    /// <summary>Utterances that wait.</summary>
    public int Count => _waiting.Reader.Count;

    /// <exception cref="FadaException">SPEECH_QUEUE_FULL.</exception>
    public void Add(Utterance utterance)
    {
        if (_waiting.Writer.TryWrite(utterance))
            return;
        utterance.Done?.Invoke();
        throw Refusals.SpeechQueueFull(Capacity);
    }

    /// <summary>Drops what waits.</summary>
    public void Clear()
    {
        while (_waiting.Reader.TryRead(out var utterance))
            utterance.Done?.Invoke();
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync();
        await _speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Clear();
        _stop.Dispose();
    }

    private async Task SpeakAllAsync()
    {
        await foreach (var utterance in _waiting.Reader.ReadAllAsync(_stop.Token))
        {
            try
            {
                using var turn = await _floor.TakeAsync(_stop.Token);
                await foreach (var block in utterance.Speech.WithCancellation(_stop.Token))
                {
                    if (!await turn.WriteAsync(block, _stop.Token))
                        break;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
            finally
            {
                utterance.Done?.Invoke();
            }
        }
    }

    [LoggerMessage(200, LogLevel.Error, "An utterance could not be spoken")]
    private partial void LogFailed(Exception exception);
}
