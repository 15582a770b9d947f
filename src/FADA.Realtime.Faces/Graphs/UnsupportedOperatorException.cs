namespace FADA.Realtime.Faces.Graphs;

/// <summary>The graph uses an operator, or an option of one, that this runtime does not implement.</summary>
public sealed class UnsupportedOperatorException(string node, string op, string detail)
    : FaceModelException($"The graph node '{node}' needs {op} ({detail}), which the graph runtime does not implement.")
{
    public string Operator { get; } = op;
}
