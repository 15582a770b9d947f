using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Speech;

/// <summary>
/// wav2vec 2.0 (Baevski et al. 2020) as Hallo runs it: the convolution features are resampled to one per picture before
/// the transformer, and every layer's output is kept.
/// </summary>
internal sealed class Wav2Vec2 : Module
{
    public const int SampleRate = 16_000;

    /// <summary>Replaces masked features in training; not every published file has it.</summary>
    public const string MaskEmbedding = nameof(masked_spec_embed);
    private readonly FeatureExtractor feature_extractor;
    private readonly FeatureProjection feature_projection;
    private readonly SpeechTransformer encoder;
    private readonly Parameter masked_spec_embed;

    public Wav2Vec2(TensorPlace place, Wav2Vec2Config config) : base(nameof(Wav2Vec2))
    {
        masked_spec_embed = place.Parameter(config.Width);
        feature_extractor = new FeatureExtractor(place, config);
        feature_projection = new FeatureProjection(place, config);
        encoder = new SpeechTransformer(place, config);
        RegisterComponents();
    }

    /// <summary>Zero mean and unit variance over the whole sound, as the encoder was trained.</summary>
    /// <param name="samples">(T) mono at 16 kHz.</param>
    public static Tensor Normalize(Tensor samples)
    {
        using var scope = NewDisposeScope();
        var centred = samples - samples.mean();
        return (centred / centred.square().mean().add(Constants.Of(1e-7)).sqrt()).MoveToOuterDisposeScope();
    }

    /// <summary>Convolution features, 50 a second.</summary>
    /// <param name="samples">(T)</param>
    /// <returns>(1, C, T / 320)</returns>
    public Tensor Features(Tensor samples) => feature_extractor.call(samples.view(1, 1, -1));

    /// <summary>Features resampled linearly to a number of pictures; first and last stay in place.</summary>
    /// <returns>(1, F, C)</returns>
    public static Tensor Resample(Tensor features, int frames)
    {
        using var scope = NewDisposeScope();
        return functional.interpolate(features, size: [frames], mode: InterpolationMode.Linear, align_corners: true).transpose(1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The transformer's input and the output of each of its layers.</summary>
    /// <param name="resampled">(1, F, C)</param>
    /// <returns>Layers + 1 tensors (1, F, D).</returns>
    public IReadOnlyList<Tensor> HiddenStates(Tensor resampled)
    {
        using var scope = NewDisposeScope();
        return encoder.forward(feature_projection.call(resampled)).Select(s => s.MoveToOuterDisposeScope()).ToList();
    }

    /// <summary>All steps: normalised sound to the layers' features of each picture.</summary>
    /// <param name="samples">(T) normalised.</param>
    /// <returns>(F, layers, D)</returns>
    public Tensor Encode(Tensor samples, int frames)
    {
        using var scope = NewDisposeScope();
        return stack(HiddenStates(Resample(Features(samples), frames)).Skip(1).ToArray(), 2).squeeze(0).MoveToOuterDisposeScope();
    }
}
