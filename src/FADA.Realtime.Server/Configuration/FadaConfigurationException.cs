namespace FADA.Realtime.Server.Configuration;

/// <summary>The server cannot start as it was told to; the message is one sentence for the person who starts it.</summary>
public sealed class FadaConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
