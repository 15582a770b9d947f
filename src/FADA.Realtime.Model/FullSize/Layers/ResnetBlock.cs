using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>Residual convolution block of the latent-diffusion family (Rombach et al. 2022).</summary>
internal sealed class ResnetBlock : Module<Tensor, Tensor?, Tensor>
{
    private readonly GroupNormLayer norm1, norm2;
    private readonly ConvLayer conv1, conv2;
    private readonly LinearLayer? time_emb_proj;
    private readonly ConvLayer? conv_shortcut;

    /// <param name="timeWidth">Width of the step embedding; 0 in autoencoders.</param>
    public ResnetBlock(TensorPlace place, long input, long output, long timeWidth, long groups, double eps) : base(nameof(ResnetBlock))
    {
        norm1 = new GroupNormLayer(place, groups, input, eps);
        conv1 = new ConvLayer(place, input, output, 3, padding: 1);
        time_emb_proj = timeWidth > 0 ? new LinearLayer(place, timeWidth, output) : null;
        norm2 = new GroupNormLayer(place, groups, output, eps);
        conv2 = new ConvLayer(place, output, output, 3, padding: 1);
        conv_shortcut = input == output ? null : new ConvLayer(place, input, output, 1);
        RegisterComponents();
    }

    /// <param name="x">(N, C, H, W)</param>
    /// <param name="time">(a divisor of N, D), each row for that many neighbouring rows of x.</param>
    /// <returns>(N, O, H, W)</returns>
    public override Tensor forward(Tensor x, Tensor? time)
    {
        using var scope = NewDisposeScope();
        var h = conv1.call(functional.silu(norm1.call(x)));                                   // (N, O, H, W)
        if (time_emb_proj is not null && time is not null)
            h = h + time_emb_proj.call(functional.silu(time)).repeat_interleave(x.shape[0] / time.shape[0], 0).unsqueeze(-1).unsqueeze(-1);
        h = conv2.call(functional.silu(norm2.call(h)));
        return ((conv_shortcut is null ? x : conv_shortcut.call(x)) + h).MoveToOuterDisposeScope();
    }
}
