using System.Collections.Concurrent;
using System.Diagnostics;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Sessions;

/// <summary>The spans of turns. Other tests of the process are kept out by the trace that each test begins.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly ActivitySource _tests = new("tests " + Guid.NewGuid());
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;
    private readonly Activity _request;

    public TraceTests()
    {
        ActivityTraceId mine = default;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source == _tests || source.Name == Tracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Source == _tests || options.TraceId == mine ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _request = _tests.StartActivity("request")!;
        mine = _request.TraceId;
    }

    public void Dispose()
    {
        _request.Dispose();
        _listener.Dispose();
        _tests.Dispose();
    }

    [Fact]
    public async Task Turn_Spoken_LeavesItsStagesBelowTheRequest()
    {
        await using var harness = new SessionHarness();
        await harness.SayAsync(SpeechPattern.Frames(20));
        harness.Session.EndTurn();

        await harness.TickUntilAsync(() => Ended("avatar.turn").Any());

        var turn = Assert.Single(Ended("avatar.turn"));
        Assert.Equal(_request.SpanId, turn.ParentSpanId);
        Assert.Equal("finished", turn.GetTagItem("avatar.turn.outcome"));
        Assert.Equal(800L, turn.GetTagItem("avatar.turn.played_ms"));
        Assert.Equal(turn.SpanId, Assert.Single(Ended("avatar.receive")).ParentSpanId);
        Assert.Equal(turn.SpanId, Assert.Single(Ended("avatar.playout")).ParentSpanId);
        Assert.Equal(harness.Session.Stats.Windows, Ended("avatar.window").Count(w => w.ParentSpanId == turn.SpanId));
        Assert.All(_ended, span => Assert.True(span == turn || span.StartTimeUtc >= turn.StartTimeUtc, "A stage began before its turn."));
        // A turn that left itself behind as the current span would take the next request's spans below it.
        Assert.Same(_request, Activity.Current);
    }

    [Fact]
    public async Task Turn_Interrupted_SaysSoAndEndsAllItsSpans()
    {
        await using var harness = new SessionHarness();
        await harness.SayAsync(SpeechPattern.Frames(100));
        await harness.TickUntilAsync(() => harness.Session.Speaking);

        harness.Session.Interrupt();

        Assert.Equal("interrupted", Assert.Single(Ended("avatar.turn")).GetTagItem("avatar.turn.outcome"));
        Assert.Single(Ended("avatar.receive"));
        Assert.Single(Ended("avatar.playout"));
    }

    [Fact]
    public async Task Turn_ThatCannotBeRendered_IsAnError()
    {
        await using var harness = new SessionHarness();
        harness.Animator.During = _ => throw new InvalidOperationException("as told");
        await harness.SayAsync(SpeechPattern.Frames(20));
        harness.Session.EndTurn();

        await harness.TickUntilAsync(() => Ended("avatar.turn").Any());

        var turn = Assert.Single(Ended("avatar.turn"));
        Assert.Equal(("failed", ActivityStatusCode.Error), (turn.GetTagItem("avatar.turn.outcome"), turn.Status));
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(Ended("avatar.window")).Status);
    }

    [Fact]
    public void Stage_WithoutSpanAroundIt_IsNotTold()
    {
        Activity.Current = null;

        Assert.Null(Tracing.Stage("avatar.compose"));
    }

    private IEnumerable<Activity> Ended(string name) => _ended.Where(span => span.OperationName == name);
}
