using FADA.Realtime.Bench.Viewing;
using FADA.Realtime.Client;
using FADA.Realtime.Streaming;
using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.V1;

namespace FADA.Realtime.Bench.Density;

/// <summary>A session that somebody watches and that can be made to speak for a while.</summary>
internal sealed class SpeakingSession : IAsyncDisposable
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    // After its speech a turn plays the closing frames; the clock runs from its first frame to its last.
    private static readonly TimeSpan Closing = (new SessionOptions().ClosingFrames - 1) * SpeechClock.FrameDuration;

    private readonly Conversation _conversation;
    private readonly IAsyncEnumerator<ConversationEvent> _events;

    private SpeakingSession(Session session, WhepViewer viewer, Conversation conversation, CancellationToken cancellation) =>
        (Session, Viewer, _conversation, _events) = (session, viewer, conversation, conversation.ReadEventsAsync(cancellation).GetAsyncEnumerator(cancellation));

    public Session Session { get; }

    public WhepViewer Viewer { get; }

    public static async Task<SpeakingSession> OpenAsync(FadaClient client, HttpClient http, CancellationToken cancellation)
    {
        var session = await client.CreateSessionAsync(cancellation: cancellation);
        var viewer = await WhepViewer.JoinAsync(http, session, cancellation);
        try
        {
            return new SpeakingSession(session, viewer, await client.ConverseAsync(session.Id, SpeechClock.SampleRate, cancellation), cancellation);
        }
        catch
        {
            await viewer.DisposeAsync();
            throw;
        }
    }

    /// <summary>One turn, sent at most a second ahead of real time.</summary>
    /// <returns>How long sound and picture stood still because pictures came too late.</returns>
    /// <exception cref="BenchException">The turn did not end in time.</exception>
    public async Task<TimeSpan> SpeakAsync(ReadOnlyMemory<short> speech, CancellationToken cancellation)
    {
        var length = TimeSpan.FromSeconds((double)speech.Length / SpeechClock.SampleRate);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter((3 * length) + Slack);
        try
        {
            var told = TurnAsync().WaitAsync(timeout.Token);
            await _conversation.SpeakAsync(Once(speech), timeout.Token);
            await _conversation.EndTurnAsync(timeout.Token);
            return await told;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BenchException($"A turn of {length.TotalSeconds:0} s did not end within {((3 * length) + Slack).TotalSeconds:0} s.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _conversation.DisposeAsync();
        await Viewer.DisposeAsync();
    }

    private async Task<TimeSpan> TurnAsync()
    {
        var started = TimeSpan.Zero;
        while (await _events.MoveNextAsync())
        {
            if (_events.Current is ConversationEvent.SpeechStarted start)
                started = start.Time;
            else if (_events.Current is ConversationEvent.SpeechFinished end)
                return end.Time - started - end.Played - Closing;
        }

        throw new BenchException("The server ended a conversation.");
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> Once(ReadOnlyMemory<short> speech)
    {
        await Task.CompletedTask;
        yield return speech;
    }
}
