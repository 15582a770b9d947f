using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Vae;

/// <summary>One resolution of the autoencoder.</summary>
internal sealed class AutoencoderBlock : Module<Tensor, Tensor>
{
    /// <summary>Of every norm in the autoencoder.</summary>
    public const double Eps = 1e-6;
    private readonly ModuleList<ResnetBlock> resnets;
    private readonly ModuleList<Downsampler>? downsamplers;
    private readonly ModuleList<Upsampler>? upsamplers;

    public AutoencoderBlock(TensorPlace place, long input, long output, int layers, long groups, bool downsamples = false, bool upsamples = false)
        : base(nameof(AutoencoderBlock))
    {
        resnets = ModuleList(Enumerable.Range(0, layers).Select(i => new ResnetBlock(place, i == 0 ? input : output, output, 0, groups, Eps)).ToArray());
        downsamplers = downsamples ? ModuleList(new Downsampler(place, output, asymmetric: true)) : null;
        upsamplers = upsamples ? ModuleList(new Upsampler(place, output)) : null;
        RegisterComponents();
    }

    /// <param name="x">(N, C, H, W)</param>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        foreach (var resnet in resnets)
            x = resnet.call(x, null);
        x = downsamplers is not null ? downsamplers[0].call(x) : upsamplers is not null ? upsamplers[0].call(x) : x;
        return x.MoveToOuterDisposeScope();
    }
}
