using FADA.Realtime.Bench.Latency;
using FADA.Realtime.Client;

namespace FADA.Realtime.Bench.Tests.Latency;

public sealed class TestSoundTests
{
    [Fact]
    public void Turn_OfTheBench_BeginsItsTonesWhereItSays()
    {
        var sound = TestSound.Turn();

        foreach (var onset in TestSound.Onsets)
        {
            var at = (int)(onset * TestSound.TurnRate);
            Assert.All(sound[Math.Max(0, at - 800)..at], sample => Assert.Equal(0, sample));
            Assert.Contains(sound[at..(at + 8)], sample => Math.Abs((int)sample) > 10_000);
        }

        // The last tone is there to be cut, a second after it began at the latest.
        Assert.Contains(sound[(int)((TestSound.Onsets[^1] + 1) * TestSound.TurnRate)..], sample => Math.Abs((int)sample) > 10_000);
    }

    [Fact]
    public async Task Microphone_OfTheBench_IsAWavThatIsFirstQuietThenLoud()
    {
        var path = Path.Combine(Path.GetTempPath(), $"fada-{Guid.NewGuid():N}.wav");
        try
        {
            TestSound.WriteMicrophone(path);
            using var wav = WavFile.Open(path);
            var samples = new List<short>();
            await foreach (var block in wav.ReadAsync())
                samples.AddRange(block.ToArray());

            Assert.Equal(48_000, wav.SampleRate);
            Assert.InRange(samples.Count / 48_000.0, TestSound.MicrophonePeriod.TotalSeconds - 0.001, TestSound.MicrophonePeriod.TotalSeconds + 0.001);
            // The voice gate closes after 0.7 s of quiet; the avatar rests before the next utterance.
            Assert.True(samples.TakeWhile(s => s == 0).Count() > 1.5 * 48_000);
            Assert.Contains(samples, s => s > 10_000);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Offsets_OfFlashesAndClicks_PairNearestAndLeaveOutTheLonely()
    {
        var offsets = AvPairs.Offsets([1000, 2000, 5000], [1030, 1990]);

        Assert.Equal([30, -10], offsets);
    }

    [Fact]
    public void Offsets_WithoutClicks_AreNone() => Assert.Empty(AvPairs.Offsets([1000], []));
}
