using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FADA.Realtime.Faces.Graphs;

/// <summary>One node of a TensorFlow graph as tfjs writes it: name, operator, inputs and attributes.</summary>
internal sealed class GraphNode
{
    private readonly Dictionary<string, JsonElement> _attributes = [];

    public GraphNode(JsonElement json)
    {
        Name = json.GetProperty("name").GetString()!;
        Operator = json.GetProperty("op").GetString()!;
        if (json.TryGetProperty("input", out var inputs))
            Inputs = [.. inputs.EnumerateArray().Select(i => BaseName(i.GetString()!))];
        if (json.TryGetProperty("attr", out var attributes))
            foreach (var attribute in attributes.EnumerateObject())
                _attributes[attribute.Name] = attribute.Value.Clone();
    }

    public string Name { get; }
    public string Operator { get; }
    public string[] Inputs { get; } = [];

    public string Text(string name, string otherwise) =>
        _attributes.TryGetValue(name, out var a) && a.TryGetProperty("s", out var s) ? Decode(s.GetString()!) : otherwise;

    public bool Flag(string name) => _attributes.TryGetValue(name, out var a) && a.TryGetProperty("b", out var b) && b.GetBoolean();

    public float Number(string name, float otherwise) =>
        _attributes.TryGetValue(name, out var a) && a.TryGetProperty("f", out var f) ? f.GetSingle() : otherwise;

    /// <summary>A list of integers; protobuf's JSON writes 64-bit integers as strings.</summary>
    public long[] Integers(string name, long[] otherwise) =>
        List(name, "i") is { Length: > 0 } list
            ? [.. list.Select(v => v.ValueKind == JsonValueKind.String ? long.Parse(v.GetString()!, CultureInfo.InvariantCulture) : v.GetInt64())]
            : otherwise;

    public string[] Texts(string name) => [.. List(name, "s").Select(s => Decode(s.GetString()!))];

    private JsonElement[] List(string name, string kind) =>
        _attributes.TryGetValue(name, out var a) && a.TryGetProperty("list", out var list) && list.TryGetProperty(kind, out var items)
            ? [.. items.EnumerateArray()]
            : [];

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    // "^name" is a control dependency, "name:0" an output number: only single-output operators are supported.
    private static string BaseName(string input)
    {
        var name = input.TrimStart('^');
        var colon = name.LastIndexOf(':');
        return colon < 0 ? name : name[..colon];
    }
}
