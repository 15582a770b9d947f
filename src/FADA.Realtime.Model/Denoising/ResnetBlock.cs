using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Denoising;

/// <summary>Residual convolution block whose second norm is scaled and shifted by the frame's condition vector.</summary>
internal sealed class ResnetBlock : Module<Tensor, Tensor?, Tensor>
{
    private readonly LayerNorm norm1, norm2;
    private readonly Conv2d conv1, conv2;
    private readonly Linear? condition, skip;

    public ResnetBlock(int input, int output, int conditionWidth) : base(nameof(ResnetBlock))
    {
        norm1 = LayerNorm(input);
        conv1 = Conv2d(input, output, 3, padding: 1);
        norm2 = LayerNorm(output);
        conv2 = Conv2d(output, output, 3, padding: 1);
        condition = conditionWidth > 0 ? Linear(conditionWidth, 2 * output) : null;
        skip = input == output ? null : Linear(input, output);
        init.zeros_(conv2.weight);
        init.zeros_(conv2.bias!);
        RegisterComponents();
    }

    /// <param name="x">(N, H, W, C)</param>
    /// <param name="vector">(N, D): time step, audio and lip code of each frame; null in the ReferenceNet.</param>
    public override Tensor forward(Tensor x, Tensor? vector)
    {
        using var scope = NewDisposeScope();
        var h = conv1.Convolve(functional.silu(norm1.call(x)));                  // (N, H, W, O)
        h = norm2.call(h);
        if (condition is not null && vector is not null)
        {
            var parts = condition.call(vector).unsqueeze(1).unsqueeze(1).chunk(2, -1);
            h = h + h * parts[0] + parts[1];
        }
        h = conv2.Convolve(functional.silu(h));
        return ((skip is null ? x : skip.call(x)) + h).MoveToOuterDisposeScope();
    }
}
