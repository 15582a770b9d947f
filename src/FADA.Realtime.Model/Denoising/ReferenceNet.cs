using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Denoising;

/// <summary>
/// The denoiser's twin without time, audio and motion (Hu et al. 2023, AnimateAnyone): run once per identity and once
/// per motion frame, it leaves its features of every layer for the denoiser to read.
/// </summary>
public sealed class ReferenceNet : Module<Tensor, IReadOnlyList<Tensor>>
{
    private readonly UNetBody body;

    public ReferenceNet(DenoiserConfig config) : base(nameof(ReferenceNet))
    {
        body = new UNetBody(config, config.LatentChannels, isReference: true);
        RegisterComponents();
    }

    /// <param name="latent">(N, 8, 16, 16), normalised.</param>
    /// <returns>Per layer (N, T, C).</returns>
    public override IReadOnlyList<Tensor> forward(Tensor latent)
    {
        using var scope = NewDisposeScope();
        var bank = new List<Tensor>();
        body.Run(latent, (layer, x, _) => layer.Write(x, bank));
        return bank.Select(t => t.MoveToOuterDisposeScope()).ToList();
    }
}
