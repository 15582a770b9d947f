using FADA.Realtime.Model.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Denoising;

/// <summary>Guidance scales as a vector beside the time step's (Meng et al. 2023). Starts as nothing.</summary>
internal sealed class GuidanceEmbedding : Module<Tensor, Tensor>
{
    private const int Frequencies = 16;

    // From half a turn over 16 to eight turns per unit of scale.
    private static readonly float[] Turns = Enumerable.Range(0, Frequencies).Select(i => (float)(Math.PI / 16 * Math.Pow(2, i * 8.0 / (Frequencies - 1)))).ToArray();
    private readonly Linear hidden, output;

    public GuidanceEmbedding(int width) : base(nameof(GuidanceEmbedding))
    {
        hidden = Linear(4 * Frequencies, width);
        output = Linear(width, width);
        init.zeros_(output.weight);
        init.zeros_(output.bias!);
        RegisterComponents();
    }

    /// <param name="scales">(B, 2): reference and audio scale.</param>
    /// <returns>(B, width)</returns>
    public override Tensor forward(Tensor scales)
    {
        using var scope = NewDisposeScope();
        var angles = (scales.to(ScalarType.Float32).unsqueeze(2) * DeviceConstants.Of(Turns, scales.device)).view(scales.shape[0], 2 * Frequencies);
        var features = cat([angles.cos(), angles.sin()], 1).to(hidden.weight.dtype);
        return output.call(functional.silu(hidden.call(features))).MoveToOuterDisposeScope();
    }
}
