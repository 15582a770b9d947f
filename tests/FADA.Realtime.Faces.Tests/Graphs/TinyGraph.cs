using System.Text;
using System.Text.Json;

namespace FADA.Realtime.Faces.Tests.Graphs;

/// <summary>Writes a graph of one operator with two constant inputs, as tfjs would, into a folder of its own.</summary>
internal sealed class TinyGraph : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fada-graph-").FullName;

    public TinyGraph(string op, float[] filter, long[] shape, string padding, long stride)
    {
        string[] strides = ["1", $"{stride}", $"{stride}", "1"];
        var graph = new
        {
            modelTopology = new
            {
                node = new object[]
                {
                    new { name = "out", op, input = new[] { "in", "filter" }, attr = new Dictionary<string, object>
                    {
                        ["strides"] = new { list = new { i = strides } },
                        ["padding"] = new { s = Convert.ToBase64String(Encoding.UTF8.GetBytes(padding)) },
                    } },
                    new { name = "filter", op = "Const" },
                    new { name = "in", op = "Placeholder" },
                },
            },
            weightsManifest = new[]
            {
                new { paths = new[] { "tiny.bin" }, weights = new[] { new { name = "filter", shape, dtype = "float32", quantization = new { dtype = "float16" } } } },
            },
        };
        File.WriteAllText(Path, JsonSerializer.Serialize(graph));
        File.WriteAllBytes(Weights, filter.SelectMany(v => BitConverter.GetBytes((Half)v)).ToArray());
    }

    public string Path => System.IO.Path.Combine(_folder, "tiny.json");
    public string Weights => System.IO.Path.Combine(_folder, "tiny.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
