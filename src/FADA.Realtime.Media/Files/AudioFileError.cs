namespace FADA.Realtime.Media.Files;

/// <summary>What was wrong with a sound file.</summary>
public enum AudioFileError
{
    NotFound,

    /// <summary>The bytes are no sound format that is read here, whatever the name says.</summary>
    NotAudio,

    /// <summary>A sound file without a single sample.</summary>
    Empty,

    /// <summary>A sound file of which nothing could be decoded.</summary>
    Damaged,
}
