using System.Globalization;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Clips;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Training.Lips;

/// <summary>
/// Reads from the mouth of a frame, in latents or in pixels, how its lips differ from the reference's (<see cref="LipShape"/>).
/// Frozen, it tells a network in training where lips are, which a distance of latents or pixels says only for lips that
/// stand out.
/// </summary>
public sealed class LipReader : Module<Tensor, Tensor, Tensor>
{
    // Pixels to a side of what becomes one place.
    private const int Patch = 8;
    private static readonly CropBox _latentMouth = new(4, 8, 8, 8);
    private readonly Sequential eyes;
    private readonly Linear shape;

    private LipReader(int channels, int side, bool pictures) : base(nameof(LipReader))
    {
        (Channels, Side, Pictures) = (channels, side, pictures);
        eyes = Sequential(
            Conv2d(2 * channels, 64, 3, padding: 1), SiLU(),
            Conv2d(64, 96, 3, padding: 1), SiLU(),
            Conv2d(96, 96, 3, stride: 2, padding: 1), SiLU(),
            Conv2d(96, 128, 3, padding: 1), SiLU(), Dropout(0.1));
        shape = Linear(128 * side * side / 4, LipShape.Size);
        RegisterComponents();
    }

    /// <summary>Whether pictures are read and not latents.</summary>
    public bool Pictures { get; }
    private int Channels { get; }
    private int Side { get; }

    /// <param name="channels">Of the latents.</param>
    public static LipReader OfLatents(int channels) => new(channels, _latentMouth.Width, false);

    public static LipReader OfPictures() => new(3 * Patch * Patch, FaceRegions.MouthCrop(Clip.Side).Width / Patch, true);

    /// <param name="data">Latents: (N, K, 16, 16), differences from the reference in diffusion units. Pictures: (N, 3, 256, 256), -1..1.</param>
    /// <param name="reference">Latents: (N, K, 16, 16), normalised. Pictures: as <paramref name="data"/>.</param>
    /// <returns>(N, 40): change of the lip shape, % of the inter-ocular distance.</returns>
    public override Tensor forward(Tensor data, Tensor reference)
    {
        using var scope = NewDisposeScope();
        return shape.call(eyes.call(cat([Mouth(data), Mouth(reference)], 1)).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <summary>Loads the export of the lips stage, ready to judge.</summary>
    /// <exception cref="WeightsException">The file is missing, damaged, or of another network.</exception>
    public static LipReader Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        using var _ = no_grad();
        if (file.Metadata.GetValueOrDefault("network") != nameof(LipReader)
            || !int.TryParse(file.Metadata.GetValueOrDefault("channels"), CultureInfo.InvariantCulture, out var channels) || channels is < 0 or > 64)
            throw new WeightsException($"{path} is not a lip reader.");
        var reader = channels == 0 ? OfPictures() : OfLatents(channels);
        WeightsLoader.Load(reader, file, "");
        reader.eval();
        foreach (var parameter in reader.parameters())
            parameter.requires_grad = false;
        return reader;
    }

    /// <summary>What <see cref="Load"/> needs to know.</summary>
    public Dictionary<string, string> Metadata(long step) => new()
    {
        ["network"] = nameof(LipReader),
        ["channels"] = (Pictures ? 0 : Channels).ToString(CultureInfo.InvariantCulture),
        ["step"] = step.ToString(CultureInfo.InvariantCulture),
    };

    // (N, C, side, side)
    private Tensor Mouth(Tensor all) => Pictures
        ? functional.pixel_unshuffle(FaceRegions.MouthCrop(Clip.Side).Of(all), Patch)
        : _latentMouth.Of(all);
}
