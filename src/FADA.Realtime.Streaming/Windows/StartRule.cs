namespace FADA.Realtime.Streaming.Windows;

/// <summary>
/// How long to hold back a turn whose first window is ready, so that the windows after it keep up: plays through the
/// next windows with what windows have cost and with speech arriving in real time.
/// </summary>
internal static class StartRule
{
    private const int Horizon = 8; // windows; later ones are of full size and either keep up or nothing helps
    private static readonly double Frame = SpeechClock.FrameDuration.TotalSeconds;

    /// <param name="step">Index of the next window in its turn.</param>
    /// <param name="ready">Frames rendered and not played.</param>
    /// <param name="known">Frames of speech known beyond the rendered ones; of an ended turn all that is left.</param>
    /// <param name="margin">Added where the turn depends on speech that has yet to arrive.</param>
    public static TimeSpan Delay(WindowCost cost, int step, int ready, int known, bool ended, TimeSpan margin, TimeSpan most)
    {
        var time = 0.0;
        var delay = 0.0;
        var least = cost.Least();
        for (var i = 0; i < Horizon; i++)
        {
            var size = WindowSchedule.Fit(step + i, cost, delay + (ready * Frame) - time);
            var arrived = ended ? known : known + (int)((time / Frame) + 1e-6) - SpeechClock.LookAheadFrames;
            var frames = WindowSchedule.Choose(size, arrived, ended, least);
            var late = 0.0;
            if (frames == 0)
            {
                if (ended)
                    break;
                frames = Math.Min(least, size);
                time = (frames + SpeechClock.LookAheadFrames - known) * Frame;
                late = margin.TotalSeconds;
            }

            time += WindowSchedule.Expect(cost, frames);
            delay = Math.Max(delay, time + late - (ready * Frame));
            ready += frames;
            known -= frames;
        }

        return delay <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(delay, most.TotalSeconds));
    }
}
