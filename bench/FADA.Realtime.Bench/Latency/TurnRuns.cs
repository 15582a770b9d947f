using FADA.Realtime.Bench.Browser;
using FADA.Realtime.Client;

namespace FADA.Realtime.Bench.Latency;

/// <summary>
/// Turns sent over gRPC as fast as they are taken, as from a TTS, and interrupted in the middle of a tone: how soon the
/// lips move, how far sound and picture are apart, how soon it is silent.
/// </summary>
internal sealed class TurnRuns(FadaClient client, string session, BrowserPage page)
{
    private const int ChunkSamples = TestSound.TurnRate / 10;
    private const int WaitMilliseconds = 15_000;
    private readonly PageClock _clock = new(page);
    private readonly Random _random = new(1);
    private readonly short[] _sound = TestSound.Turn();

    public List<double> FirstAudioToLips { get; } = [];
    public List<double> InterruptToSilence { get; } = [];
    public List<double> InterruptToRest { get; } = [];

    /// <summary>Sound minus picture.</summary>
    public List<double> AvOffset { get; } = [];

    /// <summary>As the server tells it: first audio received to the first frame played out.</summary>
    public List<double> ServerFirstFrame { get; } = [];

    /// <summary>Runs in which the server had run out of pictures when it was to be interrupted; they count in no figure of interrupts.</summary>
    public int StarvedRuns { get; private set; }

    /// <summary>Runs in which something did not come in time.</summary>
    public int MissedRuns { get; private set; }

    public double ClockUncertainty => _clock.Uncertainty;

    /// <param name="warmUp">Runs before that are not counted.</param>
    /// <param name="report">Called after each run that counts.</param>
    public async Task RunAsync(int runs, int warmUp, Action report, CancellationToken cancellation)
    {
        await using var conversation = await client.ConverseAsync(session, TestSound.TurnRate, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadAsync(conversation, stop.Token);
        for (var run = -warmUp; run < runs; run++)
        {
            try
            {
                await RunOnceAsync(conversation, counts: run >= 0, cancellation);
            }
            catch (BenchException) when (++MissedRuns <= Tolerance.Of(runs))
            {
                // What did not come in time is told, and the next run begins at rest.
                await conversation.InterruptAsync(cancellation);
                await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            }

            if (run >= 0)
                report();
            else
                ServerFirstFrame.Clear();
        }

        await stop.CancelAsync();
        await reading;
    }

    private async Task RunOnceAsync(Conversation conversation, bool counts, CancellationToken cancellation)
    {
        // Rest, and another moment of the server's clock each time.
        await Task.Delay(700 + _random.Next(200), cancellation);
        await _clock.SyncAsync(cancellation);
        var started = _clock.Now;
        for (var at = 0; at < _sound.Length; at += ChunkSamples)
            await conversation.SendAudioAsync(_sound.AsMemory(at, Math.Min(ChunkSamples, _sound.Length - at)), cancellation);
        var first = await NextAsync("loudOn", started, cancellation);
        var last = await NextAsync("loudOn", first + (1000 * TestSound.Onsets[^1]) - 500, cancellation);
        await NextAsync("click", last - 450, cancellation);
        if (counts)
        {
            // Before the interrupt: a turn that starves later on counts here too.
            FirstAudioToLips.Add(first - started);
            var noted = await page.ReadAsync<Noted>("bench.noted", cancellation);
            AvOffset.AddRange(AvPairs.Offsets(noted.LoudOn.Where(t => t >= started), noted.Click));
        }

        await Task.Delay(300 + _random.Next(500), cancellation);
        var speaking = await page.ReadAsync<bool>("bench.isSpeaking()", cancellation);
        var interrupted = _clock.Now;
        await conversation.InterruptAsync(cancellation);
        if (!speaking)
        {
            // Nothing moves that could be stopped: the server waits for its own pictures.
            StarvedRuns += counts ? 1 : 0;
            return;
        }

        var rest = await NextAsync("turnOff", interrupted, cancellation);
        var silent = await page.ReadAsync<double>($"bench.silence({WaitMilliseconds})", cancellation);
        if (!counts)
            return;
        InterruptToRest.Add(rest - interrupted);
        InterruptToSilence.Add(silent - interrupted);
    }

    private Task<double> NextAsync(string list, double from, CancellationToken cancellation) =>
        page.ReadAsync<double>(FormattableString.Invariant($"bench.next('{list}', {from}, {WaitMilliseconds})"), cancellation);

    private async Task ReadAsync(Conversation conversation, CancellationToken cancellation)
    {
        try
        {
            await foreach (var told in conversation.ReadEventsAsync(cancellation))
            {
                if (told is ConversationEvent.SpeechStarted started)
                    ServerFirstFrame.Add(started.Latency.TotalMilliseconds);
            }
        }
        catch (OperationCanceledException)
        {
            // All runs are done.
        }
    }

    private sealed record Noted(double[] LoudOn, double[] Click);
}
