using System.Security.Claims;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Sessions;
using FADA.Realtime.V1;
using Grpc.Core;

namespace FADA.Realtime.Server.Conversation;

/// <summary>Holds a conversation from its first message to its status.</summary>
internal sealed class ConverseService(SessionRegistry registry, TimeProvider time)
{
    /// <summary>For the first message to come.</summary>
    private static readonly TimeSpan ConfigTimeout = TimeSpan.FromSeconds(10);

    /// <summary>For what was sent to be spoken, once the client has sent its last.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromMinutes(2);

    /// <summary>For the last events to reach the client.</summary>
    private static readonly TimeSpan TellTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan QuietCheck = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(
        IAsyncStreamReader<ConverseRequest> requests, IServerStreamWriter<ConverseEvent> responses, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var config = await ReadConfigAsync(requests, cancellation);
        var session = registry.Enter(config.SessionId, user, SessionRole.Microphone);
        registry.RefuseWhenDraining();
        using var place = session.BeginConversation();
        using var subscription = session.Events.Subscribe();
        using var deaf = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, session.Closed);
        await using var voice = new ConverseVoice(session.Floor, config.SampleRate);

        var telling = TellAsync(subscription, responses, deaf.Token);
        var listening = ListenAsync(requests, session, voice, subscription, either.Token);
        try
        {
            var first = await Task.WhenAny(listening, telling, voice.Ended);
            await first;
            if (first == listening)
                await SpeakOutAsync(session, voice, either.Token);
            if (session.Closed.IsCancellationRequested)
                throw Closed();
        }
        catch (Exception e) when (session.Closed.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            throw Closed();
        }
        finally
        {
            await either.CancelAsync();
            // Every event that happened is told before the status, unless nobody is there to hear it. A session that
            // closes completes the subscription itself, after the last turn's end was told.
            if (session.Closed.IsCancellationRequested)
                await telling.WaitAsync(TellTimeout, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            subscription.Complete();
            await telling.WaitAsync(TellTimeout, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await deaf.CancelAsync();
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A session that closes because its server stops can be had again elsewhere; the client is told so.
    private FadaException Closed() => registry.Draining ? Refusals.Draining() : Refusals.SessionClosed();

    private async Task<ConverseConfig> ReadConfigAsync(IAsyncStreamReader<ConverseRequest> requests, CancellationToken cancellation)
    {
        bool any;
        try
        {
            any = await requests.MoveNext(cancellation).WaitAsync(ConfigTimeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException("No config came within ten seconds.");
        }

        if (!any || requests.Current.Config is not { } config)
            throw Refusals.Invalid("FIRST_MESSAGE_NOT_CONFIG", "config", "The first message of a conversation must be its config.");
        if (config.SessionId.Length == 0)
            throw Refusals.Invalid("SESSION_ID_MISSING", "config.session_id", "The config names no session.");
        if (config.Encoding is not (Encoding.PcmS16Le or Encoding.Unspecified))
            throw Refusals.Invalid("ENCODING_UNSUPPORTED", "config.encoding", $"The encoding {(int)config.Encoding} is not spoken here; ENCODING_PCM_S16LE is.");
        if (config.SampleRate is < 8_000 or > 48_000)
            throw Refusals.Invalid("SAMPLE_RATE_OUT_OF_RANGE", "config.sample_rate", $"The sample rate is {config.SampleRate} Hz; it must be 8000 to 48000.");
        return config;
    }

    private static async Task ListenAsync(
        IAsyncStreamReader<ConverseRequest> requests,
        LiveSession session,
        ConverseVoice voice,
        EventSubscription subscription,
        CancellationToken cancellation)
    {
        ulong expected = 1;
        while (await requests.MoveNext(cancellation))
        {
            session.Touch();
            var request = requests.Current;
            switch (request.MessageCase)
            {
                case ConverseRequest.MessageOneofCase.Audio:
                    expected = Check(request.Audio, expected, session, subscription);
                    await voice.SayAsync(request.Audio.Data.Memory, cancellation);
                    break;
                case ConverseRequest.MessageOneofCase.EndOfTurn:
                    await voice.EndTurnAsync(cancellation);
                    break;
                case ConverseRequest.MessageOneofCase.Interrupt:
                    voice.Drop();
                    session.Interrupt();
                    // Lets the voice give up the floor now, not with the next chunk.
                    await voice.EndTurnAsync(cancellation);
                    break;
                case ConverseRequest.MessageOneofCase.Style:
                    session.Restyle(StyleReader.Read(request.Style));
                    break;
                case ConverseRequest.MessageOneofCase.KeepAlive:
                    break;
                case ConverseRequest.MessageOneofCase.Config:
                    throw Refusals.Invalid("CONFIG_REPEATED", "config", "A conversation has one config, its first message.");
                default:
                    throw Refusals.Invalid("MESSAGE_EMPTY", "message", "The message is empty or of a kind that this server does not know.");
            }
        }
    }

    private static ulong Check(AudioChunk audio, ulong expected, LiveSession session, EventSubscription subscription)
    {
        const int Most = 1 << 20;
        if (audio.Data.Length > Most)
            throw Refusals.Invalid("AUDIO_CHUNK_TOO_LARGE", "audio.data", $"The chunk has {audio.Data.Length} bytes; at most {Most} may be sent at once.");
        if (audio.Data.Length % 2 != 0)
            throw Refusals.Invalid("AUDIO_ODD_BYTES", "audio.data", $"The chunk has {audio.Data.Length} bytes, which is no whole number of 16-bit samples.");
        if (audio.Sequence < expected)
            throw Refusals.Invalid("SEQUENCE_NOT_RISING", "audio.sequence", $"The chunk has number {audio.Sequence}; at least {expected} was to come.");
        if (audio.Sequence > expected)
            subscription.Tell(SessionEvents.Gap(expected, audio.Sequence, session.Turn, session.MediaTime));
        return audio.Sequence + 1;
    }

    private async Task SpeakOutAsync(LiveSession session, ConverseVoice voice, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        await voice.FinishAsync(cancellation).WaitAsync(EndTimeout, time, cancellation);
        // Twice quiet, so that the end of the turn was told as well.
        for (var quiet = 0; quiet < 2; quiet = session.Quiet ? quiet + 1 : 0)
        {
            if (time.GetElapsedTime(start) > EndTimeout)
                throw new TimeoutException("The speech did not end in time.");
            await Task.Delay(QuietCheck, time, cancellation);
        }
    }

    private static async Task TellAsync(
        EventSubscription subscription, IServerStreamWriter<ConverseEvent> responses, CancellationToken cancellation)
    {
        await foreach (var happened in subscription.Events.ReadAllAsync(cancellation))
            await responses.WriteAsync(happened, cancellation);
    }
}
