namespace FADA.Realtime.Streaming.Tests.Fakes;

/// <summary>One window, as speech values: its frames and the look-ahead behind them.</summary>
internal sealed record AnimateCall(int[] Frames, int[] LookAhead);
