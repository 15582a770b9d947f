using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>ReferenceNet features of one layer: (groups, 1 + motion frames, tokens, channels), the portrait first.</summary>
internal sealed record LayerBank(Tensor Features)
{
    /// <summary>(G, L, C)</summary>
    public Tensor Reference => Features.select(1, 0);

    /// <summary>(G, M, L, C)</summary>
    public Tensor Motion => Features.narrow(1, 1, Features.shape[1] - 1);
}
