using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Media.WebRtc;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace FADA.Realtime.Media.Tests.WebRtc;

public sealed class WebRtcMicrophoneTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Speech_OfATone_ArrivesWholeAndInTune()
    {
        using var peer = TestPeer.Speaker();
        await using var microphone = await WebRtcMicrophone.AnswerAsync(await peer.OfferAsync(), TestPeer.Loopback, TimeProvider.System, default);
        await peer.AcceptAsync(microphone.AnswerSdp);
        await microphone.Connected.WaitAsync(Patience);

        var tone = TestSounds.Tone(600, 48_000, 48_000 * 3);
        var heard = new List<short>();
        var reading = Task.Run(async () =>
        {
            await foreach (var piece in microphone.Speech.ReadAllAsync())
            {
                Assert.Equal(WebRtcMicrophone.PieceLength, piece.Length);
                heard.AddRange(piece);
            }
        });
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20)))
        {
            for (var i = 0; i < 150; i++)
            {
                peer.Speak(tone.AsSpan(i * 960, 960));
                await timer.WaitForNextTickAsync();
            }
        }
        await Task.Delay(300);
        await microphone.DisposeAsync();
        await reading.WaitAsync(Patience);

        output.WriteLine($"{heard.Count / 16.0} ms of 3000 ms");
        Assert.InRange(heard.Count, 16_000 * 27 / 10, 16_000 * 31 / 10);
        var middle = heard.GetRange(16_000, 16_000).ToArray();
        Assert.InRange(TestSounds.Amplitude(middle, 600, 16_000), 7000, 9000);
        Assert.InRange(TestSounds.Amplitude(middle, 900, 16_000), 0, 200);
        Assert.Equal(PeerCloseReason.Removed, await microphone.Closed.WaitAsync(Patience));
    }

    [Fact]
    public async Task KilledSpeaker_SaysNothingFor15Seconds_EndsTheSpeech()
    {
        var time = new FakeTimeProvider();
        var peer = TestPeer.Speaker();
        await using var microphone = await WebRtcMicrophone.AnswerAsync(await peer.OfferAsync(), TestPeer.Loopback, time, default);
        await peer.AcceptAsync(microphone.AnswerSdp);
        await microphone.Connected.WaitAsync(Patience);

        peer.Dispose();
        time.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal(PeerCloseReason.PeerTimeout, await microphone.Closed.WaitAsync(Patience));
        await microphone.Speech.Completion.WaitAsync(Patience);
    }

    [Fact]
    public async Task Answer_ToAnOfferThatSendsNothing_IsAnSdpError()
    {
        using var peer = TestPeer.Viewer();
        var offer = await peer.OfferAsync();

        var error = await Assert.ThrowsAsync<SdpException>(
            () => WebRtcMicrophone.AnswerAsync(offer, TestPeer.Loopback, TimeProvider.System, default));

        Assert.Contains("Opus", error.Message, StringComparison.Ordinal);
    }
}
