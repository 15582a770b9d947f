using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>What happens behind the residual block of each layer: the ReferenceNet's work or the denoiser's.</summary>
internal interface IUNetPass
{
    /// <param name="x">(N, C, H, W)</param>
    Tensor Apply(UNetBlock block, int layer, Tensor x);
}
