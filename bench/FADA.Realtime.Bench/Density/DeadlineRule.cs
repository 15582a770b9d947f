using FADA.Realtime.Streaming;

namespace FADA.Realtime.Bench.Density;

/// <summary>When a number of sessions counts as too many.</summary>
internal static class DeadlineRule
{
    /// <summary>A turn may stand still for one picture in all: the measurement itself is as coarse as that.</summary>
    public static readonly TimeSpan MostStall = 1.5 * SpeechClock.FrameDuration;

    /// <summary>A viewer sees at least this share of 25 pictures a second.</summary>
    public const double LeastFrames = 0.97;

    /// <summary>What is missed, in a few words; null where all is well.</summary>
    public static string? Missed(IEnumerable<TimeSpan> stalls, IEnumerable<double> framesPerSecond)
    {
        var (stall, frames) = (stalls.DefaultIfEmpty().Max(), framesPerSecond.DefaultIfEmpty(SpeechClock.FramesPerSecond).Min());
        if (stall > MostStall)
            return FormattableString.Invariant($"a turn stood still for {stall.TotalMilliseconds:0} ms");
        return frames < LeastFrames * SpeechClock.FramesPerSecond
            ? FormattableString.Invariant($"a viewer saw {frames:0.0} pictures a second")
            : null;
    }
}
