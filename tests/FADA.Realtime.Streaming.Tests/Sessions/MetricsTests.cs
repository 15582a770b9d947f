using System.Diagnostics.Metrics;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Sessions;

public class MetricsTests
{
    [Fact]
    public async Task SpeechAndInterrupt_AreMeasuredInSeconds()
    {
        await using var harness = new SessionHarness();
        var measured = new Dictionary<string, List<double>>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (harness.Metrics.Owns(instrument))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            lock (measured)
            {
                if (!measured.TryGetValue(instrument.Name, out var values))
                    measured[instrument.Name] = values = [];
                values.Add(value);
            }
        });
        listener.Start();

        await harness.TickAsync(3);
        harness.Time.Advance(TimeSpan.FromMilliseconds(30));
        await harness.SayAsync(SpeechPattern.Frames(40));
        await harness.SettleAsync();
        harness.Time.Advance(TimeSpan.FromMilliseconds(10));
        await harness.TickAsync(5);
        harness.Time.Advance(TimeSpan.FromMilliseconds(15));
        harness.Session.Interrupt();
        harness.Time.Advance(TimeSpan.FromMilliseconds(25));
        await harness.SettleAsync();

        Assert.Equal([0.010], measured["avatar.speech.first_frame.duration"]);
        Assert.Equal([0.025], measured["avatar.interrupt.duration"]);
        Assert.Equal(harness.Session.Stats.Windows, measured["avatar.window.inference.duration"].Count);
    }
}
