namespace FADA.Realtime.Training.Data;

/// <summary>Training data, or a tool that reads it, is missing or wrong; the message names what.</summary>
public sealed class DataException(string message, Exception? inner = null) : Exception(message, inner);
