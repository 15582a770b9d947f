using FADA.Realtime.Model.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>Sinusoidal embedding of the diffusion step, cosines first, and its two-layer network.</summary>
internal sealed class TimeEmbedding : Module
{
    private readonly LinearLayer linear_1, linear_2;
    private readonly TensorPlace _place;
    private readonly long _width;

    public TimeEmbedding(TensorPlace place, long width) : base(nameof(TimeEmbedding))
    {
        (_place, _width) = (place, width);
        linear_1 = new LinearLayer(place, width, 4 * width);
        linear_2 = new LinearLayer(place, 4 * width, 4 * width);
        RegisterComponents();
    }

    /// <returns>(1, 4 C), for all rows of a batch.</returns>
    public Tensor forward(int timestep)
    {
        using var scope = NewDisposeScope();
        var frequencies = arange(_width / 2, dtype: ScalarType.Float32, device: _place.Device).mul(Constants.Of(-Math.Log(10_000) / (_width / 2))).exp();
        var angles = frequencies.mul(Constants.Of(timestep)).unsqueeze(0);
        var embedded = cat([angles.cos(), angles.sin()], -1).to(_place.Type);                          // (1, C)
        return linear_2.call(functional.silu(linear_1.call(embedded))).MoveToOuterDisposeScope();
    }
}
