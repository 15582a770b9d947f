namespace FADA.Realtime.Model.Weights;

/// <summary>A weights file is missing, damaged, hostile, or not the one the network needs. One sentence says which.</summary>
public sealed class WeightsException(string message, Exception? inner = null) : Exception(message, inner);
