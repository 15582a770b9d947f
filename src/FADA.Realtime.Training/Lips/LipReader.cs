using System.Globalization;
using FADA.Realtime.Model.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Training.Lips;

/// <summary>
/// Reads from the latents of a frame how its lips differ from the reference's (<see cref="LipShape"/>). Frozen, it lets a
/// student in training be told where lips are, which a distance of latents or pixels says only for lips that stand out.
/// </summary>
public sealed class LipReader : Module<Tensor, Tensor, Tensor>
{
    // Rows 8 to 15 and columns 4 to 11 of the 16x16 latent hold mouth and chin.
    private const int Top = 8, Left = 4, Side = 8;
    private readonly Sequential eyes;
    private readonly Linear shape;

    /// <param name="channels">Of the latents.</param>
    public LipReader(int channels) : base(nameof(LipReader))
    {
        eyes = Sequential(
            Conv2d(2 * channels, 64, 3, padding: 1), SiLU(),
            Conv2d(64, 96, 3, padding: 1), SiLU(),
            Conv2d(96, 96, 3, stride: 2, padding: 1), SiLU(),
            Conv2d(96, 128, 3, padding: 1), SiLU(), Dropout(0.1));
        shape = Linear(128 * Side * Side / 4, LipShape.Size);
        RegisterComponents();
    }

    /// <param name="data">(N, K, 16, 16): differences from the reference, in diffusion units.</param>
    /// <param name="reference">(N, K, 16, 16), normalised.</param>
    /// <returns>(N, 40): change of the lip shape, % of the inter-ocular distance.</returns>
    public override Tensor forward(Tensor data, Tensor reference)
    {
        using var scope = NewDisposeScope();
        var mouth = cat([data, reference], 1)[TensorIndex.Ellipsis, TensorIndex.Slice(Top, Top + Side), TensorIndex.Slice(Left, Left + Side)];
        return shape.call(eyes.call(mouth).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <summary>Loads the export of the lips stage, ready to judge.</summary>
    /// <exception cref="WeightsException">The file is missing, damaged, or of another network.</exception>
    public static LipReader Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        using var _ = no_grad();
        if (file.Metadata.GetValueOrDefault("network") != nameof(LipReader)
            || !int.TryParse(file.Metadata.GetValueOrDefault("channels"), CultureInfo.InvariantCulture, out var channels) || channels is < 1 or > 64)
            throw new WeightsException($"{path} is not a lip reader.");
        var reader = new LipReader(channels);
        WeightsLoader.Load(reader, file, "");
        reader.eval();
        foreach (var parameter in reader.parameters())
            parameter.requires_grad = false;
        return reader;
    }
}
