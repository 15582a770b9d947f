using System.Diagnostics;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Streaming.Sessions;

namespace FADA.Realtime.Streaming.Telemetry;

/// <summary>
/// The spans of one turn: <c>avatar.turn</c> from its first audio to its last picture, in it <c>avatar.receive</c>,
/// one <c>avatar.window</c> for each window rendered, and <c>avatar.playout</c>. Its caller makes sure that one thread
/// uses it at a time.
/// </summary>
internal sealed class TurnTrace
{
    private readonly Activity _turn;
    private readonly Activity? _receive;
    private Activity? _playout;

    private TurnTrace(Activity turn)
    {
        _turn = turn;
        _receive = Start("avatar.receive", turn.Context);
    }

    /// <summary>Null while nobody listens, or where the sampler leaves this turn out.</summary>
    /// <remarks>A turn belongs to the request whose speech began it, where that request is traced.</remarks>
    public static TurnTrace? Begin(int turn)
    {
        if (!Tracing.Source.HasListeners() || Start("avatar.turn", default) is not { } span)
            return null;
        span.SetTag("avatar.turn.number", turn);
        return new TurnTrace(span);
    }

    /// <summary>For the spans of its windows.</summary>
    public ActivityContext Context => _turn.Context;

    /// <summary>No more speech will come.</summary>
    public void Received() => Stop(_receive);

    /// <summary>The first picture left.</summary>
    public void Started(TimeSpan latency)
    {
        _turn.SetTag("avatar.turn.first_frame_s", latency.TotalSeconds);
        _playout = Start("avatar.playout", _turn.Context);
    }

    /// <param name="samples">Of its speech, played.</param>
    public void End(TurnOutcome outcome, long samples)
    {
        _turn.SetTag("avatar.turn.outcome", StreamingMetrics.Name(outcome));
        _turn.SetTag("avatar.turn.played_ms", EventLog.ToMs(samples));
        if (outcome == TurnOutcome.Failed)
            _turn.SetStatus(ActivityStatusCode.Error);
        Stop(_receive);
        Stop(_playout);
        Stop(_turn);
    }

    // A turn is begun and ended by different threads, each in the middle of work that has a current span of its own
    // or none: that one stays.
    private static Activity? Start(string name, ActivityContext parent)
    {
        var around = Activity.Current;
        var span = Tracing.Source.StartActivity(name, ActivityKind.Internal, parent);
        Activity.Current = around;
        return span;
    }

    private static void Stop(Activity? span)
    {
        var around = Activity.Current;
        span?.Stop();
        Activity.Current = around;
    }
}
