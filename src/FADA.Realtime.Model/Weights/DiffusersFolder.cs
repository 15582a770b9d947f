using System.Text.Json;

namespace FADA.Realtime.Model.Weights;

/// <summary>
/// One model in the folder layout of diffusers and transformers: config.json beside diffusion_pytorch_model.* or
/// model.* / pytorch_model.*, whole or in shards that an index file lists.
/// </summary>
public static class DiffusersFolder
{
    private static readonly string[] Files =
    [
        "diffusion_pytorch_model.safetensors", "model.safetensors", "diffusion_pytorch_model.bin", "pytorch_model.bin",
    ];

    /// <summary>Whether the folder holds a model in this layout.</summary>
    public static bool IsOne(string folder) => Files.Any(f => File.Exists(Path.Combine(folder, f)) || File.Exists(Path.Combine(folder, Index(f))));

    /// <exception cref="WeightsException">The folder has no weights of a known name, or they are damaged.</exception>
    public static ICheckpoint Open(string folder)
    {
        foreach (var name in Files)
        {
            if (File.Exists(Path.Combine(folder, name)))
                return CheckpointFile.Open(Path.Combine(folder, name));
            if (File.Exists(Path.Combine(folder, Index(name))))
                return OpenShards(folder, Path.Combine(folder, Index(name)));
        }
        throw new WeightsException($"The folder {folder} holds none of {string.Join(", ", Files)}.");
    }

    /// <summary>The model's config.json; empty where there is none.</summary>
    /// <exception cref="WeightsException">The file is not a JSON object.</exception>
    public static JsonElement ReadConfig(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        var text = File.Exists(path) ? File.ReadAllText(path) : "{}";
        using var json = Parse(path, text);
        return json.RootElement.Clone();
    }

    private static string Index(string file) => $"{file}.index.json";

    private static CheckpointGroup OpenShards(string folder, string index)
    {
        using var json = Parse(index, File.ReadAllText(index));
        if (!json.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
            throw new WeightsException($"{index} has no weight_map.");
        var names = map.EnumerateObject().Select(p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : "").Distinct(StringComparer.Ordinal).ToList();
        // A shard lies beside its index: a path could lead out of the folder.
        if (names.FirstOrDefault(n => n.Length == 0 || Path.GetFileName(n) != n) is { } stray)
            throw new WeightsException($"{index} names the shard '{stray}', which is not a file of its folder.");
        var parts = new List<ICheckpoint>();
        try
        {
            parts.AddRange(names.Select(n => CheckpointFile.Open(Path.Combine(folder, n))));
            return new CheckpointGroup(index, parts);
        }
        catch
        {
            parts.ForEach(p => p.Dispose());
            throw;
        }
    }

    private static JsonDocument Parse(string path, string text)
    {
        try
        {
            var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new WeightsException($"{path} is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new WeightsException($"{path} is not JSON: {e.Message}", e);
        }
    }
}
