using System.Text.Json;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>
/// Reads a network's widths out of a checkpoint, so that reduced and widened versions of a topology import as well. What
/// cannot be read keeps its full-size default, and shows as a missing or misshapen key.
/// </summary>
internal static class CheckpointShapes
{
    private const int MaxWidth = 1 << 16;

    /// <summary>Size of one axis of a tensor, or the default.</summary>
    public static int Axis(ICheckpoint source, string key, int axis, int byDefault) =>
        source.Names.Contains(key) && source.Describe(key).Shape is var shape && axis < shape.Length && shape[axis] is > 0 and <= MaxWidth ? (int)shape[axis] : byDefault;

    /// <summary>Channels of each resolution of a U-Net.</summary>
    /// <param name="multipleOf">Norm groups and heads: widths that they do not divide are taken for damage.</param>
    public static int[] Blocks(ICheckpoint source, string prefix, IReadOnlyList<int> byDefault, int multipleOf)
    {
        var blocks = byDefault.Select((width, i) => Axis(source, $"{prefix}down_blocks.{i}.resnets.0.conv1.weight", 0, width)).ToArray();
        return Array.TrueForAll(blocks, b => b % multipleOf == 0) ? blocks : [.. byDefault];
    }

    /// <summary>A number of a config.json, or the default.</summary>
    /// <exception cref="WeightsException">It is not a number from 1 to 65536.</exception>
    public static int Number(JsonElement config, string name, int byDefault)
    {
        if (!config.TryGetProperty(name, out var value))
            return byDefault;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is > 0 and <= MaxWidth
            ? number
            : throw new WeightsException($"config.json has '{name}' as {value.GetRawText()}, which is not a number from 1 to {MaxWidth}.");
    }

    /// <summary>A list of numbers of a config.json, or the default.</summary>
    /// <exception cref="WeightsException">It is not a list of 1 to 16 numbers from 1 to 65536.</exception>
    public static IReadOnlyList<int> Numbers(JsonElement config, string name, IReadOnlyList<int> byDefault)
    {
        if (!config.TryGetProperty(name, out var value))
            return byDefault;
        var numbers = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out var n) ? n : 0).ToList() : [];
        return numbers.Count is > 0 and <= 16 && numbers.TrueForAll(n => n is > 0 and <= MaxWidth)
            ? numbers
            : throw new WeightsException($"config.json has '{name}' as {value.GetRawText()}, which is not a list of widths.");
    }
}
