using System.Text.Json;
using FADA.Realtime.Model.Runtime;
using static TorchSharp.torch;

namespace FADA.Realtime.Faces.Graphs;

/// <summary>
/// A tfjs graph model (TensorFlow graph as JSON, weights beside it) executed by libtorch. Inputs and outputs are NHWC.
/// Immutable after loading: several threads may run it at once.
/// </summary>
public sealed class GraphModel : IDisposable
{
    private readonly GraphConstants _constants;
    private readonly List<(GraphOperation Operation, string[] Inputs, string Output)> _steps = [];
    private readonly string _input;

    private GraphModel(JsonElement json, string folder)
    {
        var nodes = json.GetProperty("modelTopology").GetProperty("node").EnumerateArray().Select(n => new GraphNode(n)).ToList();
        _constants = new GraphConstants(GraphWeights.Read(json.GetProperty("weightsManifest"), folder));
        var placeholder = nodes.Single(n => n.Operator == "Placeholder");
        _input = placeholder.Name;
        foreach (var node in Sort(nodes))
            _steps.Add((GraphOperators.Compile(node, _constants), node.Inputs, node.Name));
        var read = nodes.SelectMany(n => n.Inputs).ToHashSet(StringComparer.Ordinal);
        Outputs = [.. nodes.Where(n => !read.Contains(n.Name) && n.Operator is not ("Const" or "Placeholder")).Select(n => n.Name)];
    }

    /// <summary>Names of the nodes that no other node reads.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Loads NAME.json with its weight files from the same folder.</summary>
    /// <exception cref="FaceModelException">A file is missing or damaged.</exception>
    /// <exception cref="UnsupportedOperatorException">The graph uses an unknown operator.</exception>
    public static GraphModel Load(string path)
    {
        TorchRuntime.Initialize();
        if (!File.Exists(path))
            throw FaceModels.Missing(path);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            using var scope = NewDisposeScope();
            using var gradients = no_grad();
            return new GraphModel(json.RootElement, Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new FaceModelException($"{path} is not a usable tfjs graph model: {e.Message}", e);
        }
    }

    /// <summary>Runs the graph; the results belong to the caller.</summary>
    /// <param name="input">What the graph's only placeholder stands for, e.g. (1, 192, 192, 3).</param>
    /// <param name="outputs">Node names whose values are wanted, in order.</param>
    public Tensor[] Run(Tensor input, params ReadOnlySpan<string> outputs)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var values = new Dictionary<string, Tensor>(_steps.Count + 1, StringComparer.Ordinal) { [_input] = input };
        Span<Tensor> buffer = new Tensor[4];
        foreach (var (operation, inputs, output) in _steps)
        {
            for (var i = 0; i < inputs.Length; i++)
                buffer[i] = values.TryGetValue(inputs[i], out var value) ? value : _constants.Get(inputs[i]);
            values[output] = operation(buffer[..inputs.Length]);
        }
        var results = new Tensor[outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
            results[i] = values.TryGetValue(outputs[i], out var value)
                ? value.MoveToOuterDisposeScope()
                : throw new ArgumentException($"the graph has no node '{outputs[i]}'", nameof(outputs));
        return results;
    }

    public void Dispose() => _constants.Dispose();

    // tfjs does not promise an order of execution.
    private List<GraphNode> Sort(List<GraphNode> nodes)
    {
        var done = new HashSet<string>(StringComparer.Ordinal) { _input };
        var waiting = nodes.Where(n => n.Operator is not ("Const" or "Placeholder")).ToList();
        var sorted = new List<GraphNode>(waiting.Count);
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(n => n.Inputs.All(i => done.Contains(i) || _constants.Contains(i))).ToList();
            if (ready.Count == 0)
                throw new FaceModelException($"The graph node '{waiting[0].Name}' reads a value that nothing makes.");
            foreach (var node in ready)
            {
                sorted.Add(node);
                done.Add(node.Name);
            }
            waiting.RemoveAll(n => done.Contains(n.Name));
        }
        return sorted;
    }
}
