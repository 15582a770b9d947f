using FADA.Realtime.Model.Layers;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>What the networks derive from one portrait once: its latent, the ReferenceNet's keys, the decoder's features.</summary>
public sealed class Identity : IDisposable
{
    private Identity(Tensor latent, IReadOnlyList<Tensor> motion, IReadOnlyList<Tensor> keys, Tensor features) =>
        (Latent, Bank, Keys, DecoderFeatures) = (latent, motion, keys, features);

    /// <summary>(1, 8, 16, 16), fp32, not normalised.</summary>
    public Tensor Latent { get; }

    /// <summary>Per layer (1, T, C): the ReferenceNet's features, also the motion frames of a first window.</summary>
    public IReadOnlyList<Tensor> Bank { get; }

    /// <summary>Per layer (1, T, 2 C).</summary>
    public IReadOnlyList<Tensor> Keys { get; }

    /// <summary>(1, R, 64, 64)</summary>
    public Tensor DecoderFeatures { get; }

    /// <param name="crop">(1, 3, 256, 256), -1..1: the stabilised face crop.</param>
    public static Identity Create(FadaModel model, Tensor crop)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var picture = crop.to(model.Precision).ChannelsLast();
        var (latent, _) = model.Encoder.call(picture);
        var bank = model.Reference.call(model.Config.Latents.Normalise(latent).to(model.Precision));
        var keys = model.Denoiser.ReferenceKeys(bank);
        var features = model.Decoder.Reference(cat([picture, ones_like(picture.narrow(1, 0, 1))], 1).ChannelsLast());
        return new Identity(Keep(latent), bank.Select(Keep).ToList(), keys.Select(Keep).ToList(), Keep(features));
    }

    public void Dispose()
    {
        Latent.Dispose();
        DecoderFeatures.Dispose();
        foreach (var t in Bank.Concat(Keys))
            t.Dispose();
    }

    private static Tensor Keep(Tensor t) => t.clone().DetachFromDisposeScope();
}
