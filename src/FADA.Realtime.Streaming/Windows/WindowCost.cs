namespace FADA.Realtime.Streaming.Windows;

/// <summary>What windows of 2, 4 and 8 frames took lately, waiting for the device included.</summary>
internal sealed class WindowCost
{
    private const double Weight = 0.4; // of the newest measurement
    private const double Sustainable = 0.9; // share of real time a window may take

    private readonly double[] _seconds = [double.NaN, double.NaN, double.NaN];

    public void Observe(int frames, TimeSpan duration)
    {
        ref var average = ref _seconds[Bucket(frames)];
        var scaled = duration.TotalSeconds * (2 << Bucket(frames)) / frames;
        average = double.IsNaN(average) ? scaled : average + (Weight * (scaled - average));
    }

    /// <summary>Seconds for a window; scaled from the nearest measured size, 0 when nothing was measured yet.</summary>
    public double Estimate(int frames)
    {
        var bucket = Bucket(frames);
        for (var distance = 0; distance < _seconds.Length; distance++)
        {
            foreach (var other in (ReadOnlySpan<int>)[bucket - distance, bucket + distance])
            {
                if (other >= 0 && other < _seconds.Length && !double.IsNaN(_seconds[other]))
                    return _seconds[other] * frames / (2 << other);
            }
        }

        return 0;
    }

    /// <summary>The smallest window with which rendering keeps up with real time; 8 when none does.</summary>
    public int Least()
    {
        for (var frames = 2; frames < WindowSchedule.Max; frames *= 2)
        {
            if (Estimate(frames) <= Sustainable * frames / SpeechClock.FramesPerSecond)
                return frames;
        }

        return WindowSchedule.Max;
    }

    private static int Bucket(int frames) => frames <= 2 ? 0 : frames <= 4 ? 1 : 2;
}
