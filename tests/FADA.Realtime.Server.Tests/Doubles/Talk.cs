using System.Runtime.InteropServices;
using FADA.Realtime.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FADA.Realtime.Server.Tests.Doubles;

/// <summary>A conversation with one turn of speech in it.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private readonly AsyncDuplexStreamingCall<ConverseRequest, ConverseEvent> _call;

    private Talk(AsyncDuplexStreamingCall<ConverseRequest, ConverseEvent> call) => _call = call;

    /// <summary>Says it, and waits until its first picture was played.</summary>
    public static async Task<Talk> BeginAsync(RunningServer server, string session, TimeSpan speech, bool untilHeard = true)
    {
        var talk = new Talk(server.Sessions.Converse(RunningServer.Call));
        await talk.SendAsync(new ConverseRequest { Config = new ConverseConfig { SessionId = session, SampleRate = 16_000, Encoding = Encoding.PcmS16Le } });
        var sound = ByteString.CopyFrom(MemoryMarshal.AsBytes(TestSpeech.Syllables(speech).AsSpan()));
        await talk.SendAsync(new ConverseRequest { Audio = new AudioChunk { Sequence = 1, Data = sound } });
        await talk.SendAsync(new ConverseRequest { EndOfTurn = new EndOfTurn() });
        if (untilHeard)
            await talk.NextAsync(ConverseEvent.EventOneofCase.SpeechStarted);
        return talk;
    }

    public Task SendAsync(ConverseRequest request) => _call.RequestStream.WriteAsync(request, RunningServer.Soon);

    /// <summary>The next event of this kind; others are passed over.</summary>
    public async Task<ConverseEvent> NextAsync(ConverseEvent.EventOneofCase kind)
    {
        while (await _call.ResponseStream.MoveNext(RunningServer.Soon))
        {
            if (_call.ResponseStream.Current.EventCase == kind)
                return _call.ResponseStream.Current;
        }

        throw new InvalidOperationException($"The conversation ended without {kind}.");
    }

    /// <summary>Waits for what comes after the last event: true for one more, else the status.</summary>
    public Task<bool> MoveNextAsync() => _call.ResponseStream.MoveNext(RunningServer.Soon);

    public async Task<SpeechFinished> FinishAsync() => (await NextAsync(ConverseEvent.EventOneofCase.SpeechFinished)).SpeechFinished;

    public async Task<SpeechFinished> InterruptAsync()
    {
        await SendAsync(new ConverseRequest { Interrupt = new Interrupt() });
        return await FinishAsync();
    }

    /// <summary>Ends the conversation, so that the session is free for the next.</summary>
    public async ValueTask DisposeAsync()
    {
        using (_call)
        {
            try
            {
                await _call.RequestStream.CompleteAsync();
                while (await MoveNextAsync())
                {
                }
            }
            catch (Exception e) when (e is RpcException or InvalidOperationException)
            {
                // It had ended before.
            }
        }
    }
}
