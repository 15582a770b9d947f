using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>The ReferenceNet's walk: every attention leaves its normalised tokens in the bank.</summary>
internal sealed class ReferencePass(Tensor? context, int rows, UNetQuirks quirks) : IUNetPass
{
    private readonly List<LayerBank> _layers = [];

    public ReferenceBank Bank => new(_layers, rows);

    public Tensor Apply(UNetBlock block, int layer, Tensor x)
    {
        if (block.Attention(layer) is not { } attention)
            return x;
        Tensor? bank = null;
        x = attention.forward(x, (b, tokens) =>
        {
            var written = b.Write(tokens, context, out var features);
            bank = Keep(features).MoveToOuterDisposeScope();
            return written;
        });
        _layers.Add(new LayerBank(bank!));
        return x;
    }

    private Tensor Keep(Tensor features)
    {
        var rounded = quirks.HalfPrecisionBank ? features.to(ScalarType.Float16).to(features.dtype) : features;
        return rounded.view(rows, -1, features.shape[1], features.shape[2]);
    }
}
