using System.Text.Json;
using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Clips;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Windows;

/// <summary>Latents of frames as somebody else would have made them, encoded when they are drawn.</summary>
internal sealed class FreshLooks : IDisposable
{
    private readonly VaeEncoder _encoder;

    /// <param name="vae">Weights of the autoencoder stage.</param>
    public FreshLooks(string vae)
    {
        using var weights = SafetensorsFile.Open(vae);
        _encoder = new VaeEncoder(JsonSerializer.Deserialize<VaeConfig>(weights.Metadata["config"])!);
        WeightsLoader.Load(_encoder, weights, "encoder.");
        _encoder.to(ScalarType.BFloat16);
    }

    /// <returns>(N, 8, 16, 16), all of one new look.</returns>
    public Tensor Encode(Clip clip, IReadOnlyList<int> frames, Random dice)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var pictures = new Look(dice).Apply(FrameBatch.Load(frames.Select(f => (clip, f)).ToList()), clip, frames);
        return _encoder.call(pictures.to(ScalarType.BFloat16).ChannelsLast()).Mean.to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    public void Dispose() => _encoder.Dispose();
}
