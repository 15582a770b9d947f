namespace FADA.Realtime.Server.Tests.Doubles;

/// <summary>The system's clock with its date moved; timers run as ever, so that a server lives on it.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
