using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.Layers;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>
/// Self-attention, attention to a context, feed-forward layer. The ReferenceNet writes the normalised tokens into a bank;
/// the denoiser attends to its own tokens and the bank's side by side.
/// </summary>
internal sealed class TransformerBlock : Module
{
    private readonly LayerNormLayer norm1, norm3;
    private readonly LayerNormLayer? norm2;
    private readonly Attention attn1;
    private readonly Attention? attn2;
    private readonly FeedForward ff;
    private readonly Scalar _gain;

    public TransformerBlock(TensorPlace place, long width, long contextWidth, long heads, float contextGain) : base(nameof(TransformerBlock))
    {
        _gain = Constants.Of(contextGain);
        norm1 = new LayerNormLayer(place, width);
        attn1 = new Attention(place, width, width, heads);
        if (contextWidth > 0)
        {
            norm2 = new LayerNormLayer(place, width);
            attn2 = new Attention(place, width, contextWidth, heads);
        }
        norm3 = new LayerNormLayer(place, width);
        ff = new FeedForward(place, width);
        RegisterComponents();
    }

    /// <param name="tokens">(N, L, C)</param>
    /// <param name="context">(N, T, D)</param>
    /// <param name="bank">Gets the normalised tokens (N, L, C).</param>
    public Tensor Write(Tensor tokens, Tensor? context, out Tensor bank)
    {
        using var scope = NewDisposeScope();
        bank = norm1.call(tokens);
        tokens = tokens + attn1.forward(bank);
        bank = bank.MoveToOuterDisposeScope();
        return Finish(tokens, context).MoveToOuterDisposeScope();
    }

    /// <param name="tokens">(R F, L, C)</param>
    /// <param name="bank">Reference features; null for none.</param>
    /// <param name="rows">Who reads what of the bank.</param>
    public Tensor Read(Tensor tokens, Tensor? context, LayerBank? bank, BankRows? rows)
    {
        using var scope = NewDisposeScope();
        var normed = norm1.call(tokens);
        tokens = tokens + (bank is null || rows is null ? attn1.forward(normed) : SelfAttention(normed, bank.Reference, rows));
        return Finish(tokens, context).MoveToOuterDisposeScope();
    }

    private Tensor SelfAttention(Tensor normed, Tensor reference, BankRows rows)
    {
        var (n, without) = (normed.shape[0], rows.HiddenFrames);
        var parts = new List<Tensor>();
        if (without > 0)
            parts.Add(attn1.forward(normed.narrow(0, 0, without)));
        if (without < n)
            parts.Add(attn1.forward(normed.narrow(0, without, n - without), null, reference, rows.OfFrames));
        return parts.Count == 1 ? parts[0] : cat(parts, 0);
    }

    private Tensor Finish(Tensor tokens, Tensor? context)
    {
        if (attn2 is not null && norm2 is not null && context is not null)
            tokens = tokens + attn2.forward(norm2.call(tokens), context).mul(_gain);
        return tokens + ff.call(norm3.call(tokens));
    }
}
