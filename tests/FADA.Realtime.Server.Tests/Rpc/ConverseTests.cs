using System.Runtime.InteropServices;
using FADA.Realtime.Server.Tests.Doubles;
using FADA.Realtime.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FADA.Realtime.Server.Tests.Rpc;

/// <summary>The rules of Converse on the raw wire.</summary>
public sealed class ConverseTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private string _session = "";

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _session = (await _server.Client.CreateSessionAsync()).Id;
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task FirstMessage_Audio_IsInvalid() =>
        await RefusedAsync(StatusCode.InvalidArgument, "FIRST_MESSAGE_NOT_CONFIG", Audio(1));

    [Fact]
    public async Task FirstMessage_None_IsInvalid() =>
        await RefusedAsync(StatusCode.InvalidArgument, "FIRST_MESSAGE_NOT_CONFIG");

    [Fact]
    public async Task Config_UnknownSession_IsNotFound() =>
        await RefusedAsync(StatusCode.NotFound, "SESSION_NOT_FOUND", Config("nobody"));

    [Theory]
    [InlineData(7_999)]
    [InlineData(48_001)]
    public async Task Config_SampleRateOutOfRange_IsInvalid(int rate) =>
        await RefusedAsync(StatusCode.InvalidArgument, "SAMPLE_RATE_OUT_OF_RANGE", Config(_session, rate));

    [Fact]
    public async Task Config_Twice_IsInvalid() =>
        await RefusedAsync(StatusCode.InvalidArgument, "CONFIG_REPEATED", Config(_session), Config(_session));

    [Fact]
    public async Task Message_Empty_IsInvalid() =>
        await RefusedAsync(StatusCode.InvalidArgument, "MESSAGE_EMPTY", Config(_session), new ConverseRequest());

    [Fact]
    public async Task Audio_OddBytes_IsInvalid()
    {
        var odd = Audio(1);
        odd.Audio.Data = ByteString.CopyFrom(1, 2, 3);
        await RefusedAsync(StatusCode.InvalidArgument, "AUDIO_ODD_BYTES", Config(_session), odd);
    }

    [Fact]
    public async Task Audio_SequenceRepeated_IsInvalid() =>
        await RefusedAsync(StatusCode.InvalidArgument, "SEQUENCE_NOT_RISING", Config(_session), Audio(1), Audio(1));

    [Theory]
    [InlineData(0, null)]
    [InlineData(51, null)]
    [InlineData(null, float.NaN)]
    [InlineData(null, -1f)]
    public async Task Style_OutOfRange_IsInvalid(int? steps, float? scale)
    {
        var style = new Style();
        if (steps is { } s)
            style.Steps = s;
        if (scale is { } x)
            style.AudioScale = x;
        await RefusedAsync(StatusCode.InvalidArgument, "STYLE_OUT_OF_RANGE", Config(_session), new ConverseRequest { Style = style });
    }

    [Fact]
    public async Task Style_InRange_ReachesTheAnimator()
    {
        await TalkAsync(Config(_session), new ConverseRequest { Style = new Style { Steps = 3 } });

        Assert.Equal(3, _server.Catalog.Animators.Single().LastStyle?.Steps);
        Assert.Null(_server.Catalog.Animators.Single().LastStyle?.AudioScale);
    }

    [Theory]
    [InlineData(16_000)]
    [InlineData(44_100)]
    public async Task Turn_Spoken_StartsAndFinishesOnceThenStatusOk(int rate)
    {
        var events = await TalkAsync(
            Config(_session, rate), Audio(1, TimeSpan.FromMilliseconds(500), rate), Audio(2, TimeSpan.FromMilliseconds(500), rate), new ConverseRequest { EndOfTurn = new EndOfTurn() });

        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (ulong)n), events.Select(e => e.Seq));
        Assert.Equal(ConverseEvent.EventOneofCase.Ready, events[0].EventCase);
        var started = Assert.Single(events, e => e.EventCase == ConverseEvent.EventOneofCase.SpeechStarted);
        var finished = Assert.Single(events, e => e.EventCase == ConverseEvent.EventOneofCase.SpeechFinished);
        Assert.Equal((1ul, 1ul), (started.Turn, finished.Turn));
        Assert.True(started.Seq < finished.Seq);
        Assert.False(finished.SpeechFinished.Interrupted);
        Assert.InRange(finished.SpeechFinished.PlayedMs, 960, 1040);
    }

    [Fact]
    public async Task Audio_WithGap_IsToldAndSpoken()
    {
        var events = await TalkAsync(Config(_session), Audio(1), Audio(4));

        var gap = Assert.Single(events, e => e.EventCase == ConverseEvent.EventOneofCase.SequenceGap).SequenceGap;
        Assert.Equal((2ul, 4ul), (gap.Expected, gap.Received));
        Assert.Equal(400, Assert.Single(events, e => e.EventCase == ConverseEvent.EventOneofCase.SpeechFinished).SpeechFinished.PlayedMs);
    }

    [Fact]
    public async Task Interrupt_InLongTurn_CutsItAndTheNextIsSpoken()
    {
        using var call = _server.Sessions.Converse(RunningServer.Call);
        await call.RequestStream.WriteAsync(Config(_session));
        // More than the session holds, so that the interrupt must overtake what waits.
        for (ulong i = 1; i <= 12; i++)
            await call.RequestStream.WriteAsync(Audio(i, TimeSpan.FromSeconds(1)));
        await NextAsync(call, ConverseEvent.EventOneofCase.SpeechStarted);
        await call.RequestStream.WriteAsync(new ConverseRequest { Interrupt = new Interrupt() });

        var cut = await NextAsync(call, ConverseEvent.EventOneofCase.SpeechFinished);
        Assert.True(cut.SpeechFinished.Interrupted);
        Assert.InRange(cut.SpeechFinished.PlayedMs, 0, 5_000);

        await call.RequestStream.WriteAsync(Audio(13, TimeSpan.FromMilliseconds(400)));
        await call.RequestStream.CompleteAsync();
        var next = await NextAsync(call, ConverseEvent.EventOneofCase.SpeechFinished);
        Assert.False(next.SpeechFinished.Interrupted);
        Assert.InRange(next.SpeechFinished.PlayedMs, 400, 440);
    }

    [Fact]
    public async Task Second_AtOnce_IsRefusedAndPossibleAfterwards()
    {
        using (var first = _server.Sessions.Converse(RunningServer.Call))
        {
            await first.RequestStream.WriteAsync(Config(_session));
            await NextAsync(first, ConverseEvent.EventOneofCase.Ready);
            await RefusedAsync(StatusCode.FailedPrecondition, "CONVERSATION_BUSY", Config(_session));
            await first.RequestStream.CompleteAsync();
            while (await first.ResponseStream.MoveNext(RunningServer.Soon))
            {
            }
        }

        await TalkAsync(Config(_session));
    }

    [Fact]
    public async Task Close_OfSpeakingSession_EndsWithStatusAborted()
    {
        using var call = _server.Sessions.Converse(RunningServer.Call);
        await call.RequestStream.WriteAsync(Config(_session));
        await call.RequestStream.WriteAsync(Audio(1, TimeSpan.FromSeconds(3)));
        await NextAsync(call, ConverseEvent.EventOneofCase.SpeechStarted);
        await _server.Client.CloseSessionAsync(_session);

        var finished = await NextAsync(call, ConverseEvent.EventOneofCase.SpeechFinished);

        Assert.True(finished.SpeechFinished.Interrupted);
        await Refused.ByAsync(StatusCode.Aborted, "SESSION_CLOSED", () => call.ResponseStream.MoveNext(RunningServer.Soon));
    }

    [Fact]
    public async Task RenderingFailure_IsToldAndTheConversationGoesOn()
    {
        _server.Catalog.Animators.Single().Fail = new InvalidOperationException("secret detail");

        var events = await TalkAsync(Config(_session), Audio(1, TimeSpan.FromMilliseconds(400)));

        var error = Assert.Single(events, e => e.EventCase == ConverseEvent.EventOneofCase.Error).Error;
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Contains(await TalkAsync(Config(_session), Audio(1)), e => e.EventCase == ConverseEvent.EventOneofCase.SpeechStarted);
    }

    private static ConverseRequest Config(string session, int rate = 16_000) =>
        new() { Config = new ConverseConfig { SessionId = session, SampleRate = rate, Encoding = Encoding.PcmS16Le } };

    private static ConverseRequest Audio(ulong sequence, TimeSpan? duration = null, int rate = 16_000)
    {
        var samples = TestSpeech.Syllables(duration ?? TimeSpan.FromMilliseconds(200), rate);
        return new ConverseRequest { Audio = new AudioChunk { Sequence = sequence, Data = ByteString.CopyFrom(MemoryMarshal.AsBytes(samples.AsSpan())) } };
    }

    private static async Task<ConverseEvent> NextAsync(AsyncDuplexStreamingCall<ConverseRequest, ConverseEvent> call, ConverseEvent.EventOneofCase kind)
    {
        while (await call.ResponseStream.MoveNext(RunningServer.Soon))
        {
            if (call.ResponseStream.Current.EventCase == kind)
                return call.ResponseStream.Current;
        }

        throw new InvalidOperationException($"The conversation ended without {kind}.");
    }

    /// <summary>A whole conversation: all events, then status OK.</summary>
    private async Task<List<ConverseEvent>> TalkAsync(params ConverseRequest[] requests)
    {
        using var call = _server.Sessions.Converse(RunningServer.Call);
        foreach (var request in requests)
            await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        var events = new List<ConverseEvent>();
        while (await call.ResponseStream.MoveNext(RunningServer.Soon))
            events.Add(call.ResponseStream.Current);
        return events;
    }

    private async Task RefusedAsync(StatusCode code, string reason, params ConverseRequest[] requests)
    {
        using var call = _server.Sessions.Converse(RunningServer.Call);
        foreach (var request in requests)
            await call.RequestStream.WriteAsync(request);
        if (requests.Length == 0)
            await call.RequestStream.CompleteAsync();
        await Refused.ByAsync(code, reason, async () =>
        {
            while (await call.ResponseStream.MoveNext(RunningServer.Soon))
            {
            }
        });
    }
}
