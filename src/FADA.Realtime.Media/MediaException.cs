namespace FADA.Realtime.Media;

/// <summary>Encoding, transport or file handling failed. The message is one sentence fit for the user.</summary>
public class MediaException : Exception
{
    public MediaException(string message) : base(message)
    {
    }

    public MediaException(string message, Exception inner) : base(message, inner)
    {
    }
}
