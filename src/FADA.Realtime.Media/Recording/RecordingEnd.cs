namespace FADA.Realtime.Media.Recording;

/// <summary>Why a recording ended.</summary>
public enum RecordingEnd
{
    /// <summary>It was told to.</summary>
    Stopped,

    /// <summary>It was as long as it may be.</summary>
    DurationReached,

    /// <summary>It was as large as it may be.</summary>
    BytesReached,

    /// <summary>The session closed.</summary>
    SessionClosed,
}
