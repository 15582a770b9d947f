namespace FADA.Realtime.Streaming.Windows;

/// <summary>Written by the window stage only; read by anyone.</summary>
internal sealed class WindowCounters
{
    private long _windows;
    private long _deadlineMissed;
    private double _secondsPerFrame;

    public long Windows => Volatile.Read(ref _windows);

    public long DeadlineMissed { get => Volatile.Read(ref _deadlineMissed); set => Volatile.Write(ref _deadlineMissed, value); }

    public TimeSpan InferencePerFrame => TimeSpan.FromSeconds(Volatile.Read(ref _secondsPerFrame));

    public void Observe(int frames, TimeSpan run)
    {
        var seconds = run.TotalSeconds / frames;
        Volatile.Write(ref _secondsPerFrame, _windows == 0 ? seconds : _secondsPerFrame + (0.2 * (seconds - _secondsPerFrame)));
        Volatile.Write(ref _windows, _windows + 1);
    }
}
