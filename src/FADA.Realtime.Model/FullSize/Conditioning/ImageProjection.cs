using FADA.Realtime.Model.FullSize.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Conditioning;

/// <summary>A face-recognition embedding as a few tokens. The unconditional tokens are those of a zero embedding.</summary>
internal sealed class ImageProjection : Module<Tensor, Tensor>
{
    private readonly LinearLayer proj;
    private readonly LayerNormLayer norm;
    private readonly long _tokens;

    public ImageProjection(TensorPlace place, long input, long tokens, long width) : base(nameof(ImageProjection))
    {
        _tokens = tokens;
        proj = new LinearLayer(place, input, tokens * width);
        norm = new LayerNormLayer(place, width);
        RegisterComponents();
    }

    /// <param name="embedding">(R, E)</param>
    /// <returns>(R, T, D)</returns>
    public override Tensor forward(Tensor embedding)
    {
        using var scope = NewDisposeScope();
        return norm.call(proj.call(embedding).view(embedding.shape[0], _tokens, -1)).MoveToOuterDisposeScope();
    }
}
