using System.Diagnostics;
using FADA.Realtime.Client;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Clients;

public sealed class FadaClientTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task SpeakAsync_WavFile_IsPlayedWholeAndPaced()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, TestSpeech.Wav(TestSpeech.Syllables(TimeSpan.FromSeconds(2))));
        try
        {
            using var wav = WavFile.Open(path);
            var session = await _server.Client.CreateSessionAsync();
            await using var conversation = await _server.Client.ConverseAsync(session.Id, wav.SampleRate);

            var watch = Stopwatch.StartNew();
            await conversation.SpeakAsync(wav.ReadAsync(RunningServer.Soon), RunningServer.Soon);
            // One second ahead of real time, no more.
            Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.8), $"sent in {watch.Elapsed}");
            await conversation.CompleteAsync();
            var events = new List<ConversationEvent>();
            await foreach (var happened in conversation.ReadEventsAsync(RunningServer.Soon))
                events.Add(happened);

            Assert.Single(events.OfType<ConversationEvent.SpeechStarted>());
            Assert.Equal(TimeSpan.FromSeconds(2), Assert.Single(events.OfType<ConversationEvent.SpeechFinished>()).Played);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task ConverseAsync_UnknownSession_TellsReasonWithTheEvents()
    {
        await using var conversation = await _server.Client.ConverseAsync("nobody", 16_000);

        var refused = await Assert.ThrowsAsync<FadaClientException>(async () =>
        {
            await foreach (var _ in conversation.ReadEventsAsync(RunningServer.Soon))
            {
            }
        });

        Assert.Equal("SESSION_NOT_FOUND", refused.Reason);
    }

    [Fact]
    public async Task Converse_TwoSessionsAtOnce_HearOnlyTheirOwn()
    {
        var first = await _server.Client.CreateSessionAsync();
        var second = await _server.Client.CreateSessionAsync("second");
        await using var speaking = await _server.Client.ConverseAsync(first.Id, 16_000);
        await using var silent = await _server.Client.ConverseAsync(second.Id, 16_000);

        await speaking.SendAudioAsync(TestSpeech.Syllables(TimeSpan.FromMilliseconds(400)));
        await speaking.CompleteAsync();
        Assert.Contains(await AllAsync(speaking), e => e is ConversationEvent.SpeechFinished);
        await silent.CompleteAsync();

        Assert.All(await AllAsync(silent), e => Assert.IsType<ConversationEvent.Ready>(e));
    }

    [Theory]
    [InlineData("text, not sound", "is not a WAV file")]
    [InlineData("RIFF....WAVE", "ends before its sound begins")]
    public async Task WavFile_Unusable_SaysWhy(string content, string why)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, content);
        try
        {
            var refused = Assert.Throws<InvalidDataException>(() => WavFile.Open(path));

            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<List<ConversationEvent>> AllAsync(Client.Conversation conversation)
    {
        var events = new List<ConversationEvent>();
        await foreach (var happened in conversation.ReadEventsAsync(RunningServer.Soon))
            events.Add(happened);
        return events;
    }
}
