namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>Widths of one block of the U-Net.</summary>
/// <param name="ResnetInputs">Input channels of each residual block.</param>
/// <param name="AudioWidths">Inner width of each layer's audio module; empty in blocks without attention.</param>
/// <param name="Layers">Layers with a motion module.</param>
/// <param name="Depth">Resolution, 0 for the finest.</param>
internal sealed record UNetBlockShape(IReadOnlyList<int> ResnetInputs, int Output, IReadOnlyList<int> AudioWidths, int Layers, int Depth, Resampling Sampling)
{
    /// <summary>The blocks on the way down, finest first.</summary>
    public static IEnumerable<UNetBlockShape> Down(UNetConfig config)
    {
        var channels = config.BlockChannels;
        for (var i = 0; i < channels.Count; i++)
        {
            var (input, output, last) = (channels[Math.Max(0, i - 1)], channels[i], i == channels.Count - 1);
            var inputs = Enumerable.Range(0, config.Layers).Select(l => l == 0 ? input : output).ToList();
            yield return new UNetBlockShape(inputs, output, last ? [] : AudioInside(config, inputs, output), config.Layers, i, last ? Resampling.None : Resampling.Down);
        }
    }

    /// <summary>The block at the coarsest resolution: one layer between two residual blocks.</summary>
    public static UNetBlockShape Middle(UNetConfig config)
    {
        var width = config.BlockChannels[^1];
        return new UNetBlockShape([width, width], width, [width], 1, config.BlockChannels.Count - 1, Resampling.None);
    }

    /// <summary>The blocks on the way up, coarsest first; each layer also takes what the way down left.</summary>
    public static IEnumerable<UNetBlockShape> Up(UNetConfig config)
    {
        var (channels, layers) = (config.BlockChannels, config.Layers + 1);
        for (var depth = channels.Count - 1; depth >= 0; depth--)
        {
            var (before, output, finer) = (channels[Math.Min(depth + 1, channels.Count - 1)], channels[depth], channels[Math.Max(0, depth - 1)]);
            var inputs = Enumerable.Range(0, layers).Select(l => (l == 0 ? before : output) + (l == layers - 1 ? finer : output)).ToList();
            var audio = depth == channels.Count - 1 ? [] : AudioInside(config, Enumerable.Repeat(finer, layers), output);
            yield return new UNetBlockShape(inputs, output, audio, layers, depth, depth == 0 ? Resampling.None : Resampling.Up);
        }
    }

    private static List<int> AudioInside(UNetConfig config, IEnumerable<int> inputs, int output) =>
        inputs.Select(i => config.Quirks.AudioWidthOfBlockInput ? i : output).ToList();
}
