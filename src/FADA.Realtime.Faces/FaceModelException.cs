namespace FADA.Realtime.Faces;

/// <summary>A face network is missing, damaged, or uses something the graph runtime does not know.</summary>
public class FaceModelException(string message, Exception? inner = null) : Exception(message, inner);
