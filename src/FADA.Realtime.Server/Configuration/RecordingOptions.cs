namespace FADA.Realtime.Server.Configuration;

/// <summary>The section <c>Fada:Recording</c>: files of what viewers saw, made when a backend asks.</summary>
public sealed class RecordingOptions
{
    /// <summary>Where they go. Empty: nothing is ever recorded.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The longest recording, 1 s to 1 day.</summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The largest recording, in bytes, 1 MB to 100 GB.</summary>
    public long MaxBytes { get; set; } = 2_000_000_000;
}
