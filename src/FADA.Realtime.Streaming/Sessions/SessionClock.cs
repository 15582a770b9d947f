namespace FADA.Realtime.Streaming.Sessions;

/// <summary>Time since the session began; every stage of it reads this one.</summary>
internal sealed class SessionClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeProvider Provider { get; } = time;

    public TimeSpan Now => Provider.GetElapsedTime(_start);
}
