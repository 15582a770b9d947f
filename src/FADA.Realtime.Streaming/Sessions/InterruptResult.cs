namespace FADA.Realtime.Streaming.Sessions;

/// <summary>What an interrupt stopped.</summary>
/// <param name="Turn">The turn that was speaking or about to speak; 0 when there was none.</param>
/// <param name="PlayedMs">Exactly how much of its speech was played.</param>
/// <param name="Turns">How many turns were dropped, those still waiting included.</param>
public readonly record struct InterruptResult(int Turn, long PlayedMs, int Turns);
