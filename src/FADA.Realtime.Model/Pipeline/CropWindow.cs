using FADA.Realtime.Model.Vae;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>One generated window: latents (F, 8, 16, 16), and what becomes of the reference crop in each frame.</summary>
public sealed record CropWindow(Tensor Latents, Painting Painting) : IDisposable
{
    /// <summary>The crops as a viewer sees them, or a part of them: (F, 3, h, w), -1..1.</summary>
    public Tensor Over(Tensor reference, CropBox? box = null) => Painting.Over(reference, box);

    public void Dispose()
    {
        Latents.Dispose();
        Painting.Dispose();
    }
}
