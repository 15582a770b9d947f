using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>
/// Hallo's hierarchical audio attention: three attentions to the same sound, each masked to its region (pose, face,
/// lips), led through its own 1x1 convolution, and summed with the motion scale.
/// </summary>
internal sealed class AudioBlock : Module
{
    private readonly LayerNormLayer norm1, norm2, norm3;
    private readonly Attention attn1, attn2_0, attn2_1, attn2_2;
    private readonly ConvLayer zero_conv_full, zero_conv_face, zero_conv_lip;
    private readonly FeedForward ff;
    private readonly int _depth;

    /// <param name="depth">Which resolution's masks apply, 0 for the finest.</param>
    public AudioBlock(TensorPlace place, long width, long audioWidth, long heads, int depth) : base(nameof(AudioBlock))
    {
        _depth = depth;
        zero_conv_full = new ConvLayer(place, width, width, 1);
        zero_conv_face = new ConvLayer(place, width, width, 1);
        zero_conv_lip = new ConvLayer(place, width, width, 1);
        norm1 = new LayerNormLayer(place, width);
        attn1 = new Attention(place, width, width, heads);
        norm2 = new LayerNormLayer(place, width);
        attn2_0 = new Attention(place, width, audioWidth, heads);
        attn2_1 = new Attention(place, width, audioWidth, heads);
        attn2_2 = new Attention(place, width, audioWidth, heads);
        norm3 = new LayerNormLayer(place, width);
        ff = new FeedForward(place, width);
        RegisterComponents();
    }

    /// <param name="tokens">(N, L, C)</param>
    /// <param name="audio">(N, T, D)</param>
    /// <returns>(N, L, C)</returns>
    public Tensor forward(Tensor tokens, Tensor audio, AudioMasks masks, MotionScale scale)
    {
        using var scope = NewDisposeScope();
        tokens = tokens + attn1.forward(norm1.call(tokens));
        var normed = norm2.call(tokens);
        tokens = tokens + Region(attn2_0, zero_conv_full, masks.Pose, scale.Pose) + Region(attn2_1, zero_conv_face, masks.Face, scale.Face)
            + Region(attn2_2, zero_conv_lip, masks.Lips, scale.Lips);
        return (tokens + ff.call(norm3.call(tokens))).MoveToOuterDisposeScope();

        Tensor Region(Attention attention, ConvLayer convolution, IReadOnlyList<Tensor> mask, float strength) =>
            convolution.OfTokens(attention.forward(normed, audio) * mask[_depth].unsqueeze(-1)).mul(Constants.Of(strength));
    }
}
