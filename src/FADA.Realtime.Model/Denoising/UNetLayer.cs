using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Denoising;

/// <summary>One layer of the U-Net: residual block, spatial transformer, motion module.</summary>
internal sealed class UNetLayer : nn.Module
{
    private readonly ResnetBlock resnet;
    private readonly SpatialTransformer transformer;
    private readonly MotionModule? motion;

    public UNetLayer(DenoiserConfig config, int input, int output, bool isReference) : base(nameof(UNetLayer))
    {
        resnet = new ResnetBlock(input, output, isReference ? 0 : config.TimeWidth);
        transformer = new SpatialTransformer(output, config.HeadWidth, isReference ? 0 : config.AudioWidth, !isReference && config.Guidance == GuidanceControl.Tokens);
        motion = isReference ? null : new MotionModule(output, config.HeadWidth, config.MotionFrames + config.MaxWindow);
        RegisterComponents();
    }

    /// <summary>See <see cref="SpatialTransformer.ReferenceKeys"/>.</summary>
    public Tensor ReferenceKeys(Tensor features) => transformer.ReferenceKeys(features);

    /// <summary>As a ReferenceNet layer: the picture's features are added to <paramref name="bank"/>.</summary>
    public Tensor Write(Tensor x, List<Tensor> bank) =>
        transformer.forward(resnet.call(x, null), null, null, null, null, bank);

    /// <summary>As a denoiser layer; <paramref name="index"/> is this layer's place in the condition's banks.</summary>
    public Tensor Read(Tensor x, Tensor vector, Tensor audio, Tensor? control, DenoiserCondition condition, int index)
    {
        x = resnet.call(x, vector);
        x = transformer.forward(x, condition.Reference?[index], condition.ReferenceBias, audio, control, null);
        return condition.Motion is null ? x : motion!.forward(x, condition.Motion[index], condition.MotionBias);
    }
}
