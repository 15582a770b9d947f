using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Vae;

/// <summary>Two 3x3 convolutions with a skip, without normalisation: the block of tiny autoencoders (TAESD).</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d first, second;

    public ResidualBlock(int channels) : base(nameof(ResidualBlock))
    {
        first = Conv2d(channels, channels, 3, padding: 1);
        second = Conv2d(channels, channels, 3, padding: 1);
        // Begins as the identity, so that a deep stack without normalisation trains from the first step.
        init.zeros_(second.weight);
        init.zeros_(second.bias!);
        RegisterComponents();
    }

    /// <param name="x">(B, C, H, W)</param>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var h = second.call(functional.relu(first.call(functional.relu(x))));
        return (x + h).MoveToOuterDisposeScope();
    }
}
