using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>One resolution of the U-Net: residual blocks, and what the walk does behind each of them.</summary>
internal sealed class UNetBlock : Module
{
    private const double Eps = 1e-5;
    private readonly ModuleList<ResnetBlock> resnets;
    private readonly ModuleList<SpatialTransformer<TransformerBlock>>? attentions;
    private readonly ModuleList<SpatialTransformer<AudioBlock>>? audio_modules;
    private readonly ModuleList<MotionModule>? motion_modules;
    private readonly ModuleList<Downsampler>? downsamplers;
    private readonly ModuleList<Upsampler>? upsamplers;

    public UNetBlock(TensorPlace place, UNetConfig config, UNetBlockShape shape) : base(nameof(UNetBlock))
    {
        var (width, heads) = (shape.Output, config.Heads);
        var timeWidth = 4 * config.BlockChannels[0];
        resnets = ModuleList(shape.ResnetInputs.Select(i => new ResnetBlock(place, i, width, timeWidth, config.Groups, Eps)).ToArray());
        if (shape.AudioWidths.Count > 0)
        {
            attentions = ModuleList(shape.AudioWidths.Select(_ => new SpatialTransformer<TransformerBlock>(place, width, width, config.Groups,
                new TransformerBlock(place, width, config.ContextWidth, heads, config.ContextGain))).ToArray());
            audio_modules = config.AudioWidth == 0 ? null : ModuleList(shape.AudioWidths.Select(inner => new SpatialTransformer<AudioBlock>(place, width, inner, config.Groups,
                new AudioBlock(place, inner, config.AudioWidth, heads, shape.Depth))).ToArray());
        }
        motion_modules = config.MotionPositions == 0 ? null
            : ModuleList(Enumerable.Range(0, shape.Layers).Select(_ => new MotionModule(place, width, heads, config.MotionPositions)).ToArray());
        downsamplers = shape.Sampling == Resampling.Down ? ModuleList(new Downsampler(place, width)) : null;
        upsamplers = shape.Sampling == Resampling.Up ? ModuleList(new Upsampler(place, width)) : null;
        RegisterComponents();
    }

    public int Resnets => resnets.Count;

    /// <summary>The residual block alone.</summary>
    public Tensor Convolve(int layer, Tensor x, Tensor time) => resnets[layer].call(x, time);

    public SpatialTransformer<TransformerBlock>? Attention(int layer) => attentions?[layer];

    public SpatialTransformer<AudioBlock>? Audio(int layer) => audio_modules?[layer];

    public MotionModule? Motion(int layer) => motion_modules?[layer];

    /// <summary>Halves or doubles the resolution; null where the block keeps it.</summary>
    public Tensor? Resample(Tensor x) => downsamplers is not null ? downsamplers[0].call(x) : upsamplers?[0].call(x);
}
