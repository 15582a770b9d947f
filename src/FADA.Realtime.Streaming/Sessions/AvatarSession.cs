using System.Threading.Channels;
using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Telemetry;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Streaming.Sessions;

/// <summary>
/// One live avatar: speech in, picture and sound out on one clock. While nobody speaks the idle loop plays, which costs
/// no inference. Safe for use from many threads, but speech has one writer at a time.
/// </summary>
public sealed class AvatarSession : IAsyncDisposable
{
    private AvatarSession()
    {
    }

    /// <summary>Starts the session and its clock: the sink gets its first tick 40 ms later.</summary>
    /// <param name="animator">The face; from here on the session's, which disposes it.</param>
    /// <exception cref="InferenceBusyException">The device carries as many sessions as it may.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static AvatarSession Start(
        IFaceAnimator animator,
        ISessionSink sink,
        InferenceExecutor executor,
        SessionOptions options,
        StreamingMetrics metrics,
        TimeProvider time,
        ILogger<AvatarSession> logger) => throw new NotImplementedException();

    /// <summary>What happened, in order, for one reader; ends when the session is disposed.</summary>
    public ChannelReader<SessionEvent> Events => throw new NotImplementedException();

    /// <summary>Whether a turn's frames are being played.</summary>
    public bool Speaking => throw new NotImplementedException();

    public SessionStats Stats => throw new NotImplementedException();

    /// <summary>
    /// Speech of the current turn; the first audio after a finished, ended or interrupted turn starts the next. Waits
    /// while <see cref="SessionOptions.SpeechBuffer"/> is full. An interrupt during the wait drops the rest.
    /// </summary>
    /// <param name="pcm">16 kHz mono, any number of samples; must not change until the call completes.</param>
    /// <exception cref="InvalidOperationException">Another write is still waiting.</exception>
    /// <exception cref="ObjectDisposedException">The session ended.</exception>
    /// <exception cref="OperationCanceledException">The speech up to some sample was accepted, the rest was not.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<short> pcm, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>No more speech in this turn: what was written is spoken to its end. Nothing happens without a turn.</summary>
    public void EndTurn() => throw new NotImplementedException();

    /// <summary>Drops all speech; sound and picture stop at the next tick, and the avatar idles.</summary>
    public InterruptResult Interrupt() => throw new NotImplementedException();

    /// <summary>Stops the clock and gives everything back; turns in progress are told as interrupted.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
