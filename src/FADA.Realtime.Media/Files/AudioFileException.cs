namespace FADA.Realtime.Media.Files;

/// <summary>A sound file cannot be read. The message names the file and the fault in one sentence.</summary>
public sealed class AudioFileException(AudioFileError error, string message) : MediaException(message)
{
    public AudioFileError Error { get; } = error;
}
