using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>Multi-head attention with the parameter names of diffusers.</summary>
internal sealed class Attention : Module
{
    private readonly LinearLayer to_q, to_k, to_v;
    private readonly ModuleList<Module<Tensor, Tensor>> to_out;
    private readonly PositionalEncoding? pos_encoder;
    private readonly long _heads;

    /// <param name="contextWidth">Width of what is attended to.</param>
    /// <param name="positions">Longest sequence that gets sinusoidal positions added; 0 for none.</param>
    public Attention(TensorPlace place, long width, long contextWidth, long heads, bool hasBias = false, long positions = 0) : base(nameof(Attention))
    {
        _heads = heads;
        to_q = new LinearLayer(place, width, width, hasBias);
        to_k = new LinearLayer(place, contextWidth, width, hasBias);
        to_v = new LinearLayer(place, contextWidth, width, hasBias);
        to_out = ModuleList<Module<Tensor, Tensor>>(new LinearLayer(place, width, width));
        pos_encoder = positions > 0 ? new PositionalEncoding(place, width, positions) : null;
        RegisterComponents();
    }

    /// <param name="x">(N, T, C)</param>
    /// <param name="context">(N or a divisor of it, S, D), each row for that many neighbouring rows of x; null: x itself.</param>
    /// <param name="extra">More to attend to beside the context, (G, E, D); null for nothing.</param>
    /// <param name="spreadExtra">Brings keys and values of the extra to N rows.</param>
    /// <returns>(N, T, C)</returns>
    public Tensor forward(Tensor x, Tensor? context = null, Tensor? extra = null, Func<Tensor, Tensor>? spreadExtra = null)
    {
        using var scope = NewDisposeScope();
        var n = x.shape[0];
        x = pos_encoder is null ? x : pos_encoder.call(x);
        var (k, v) = (Spread(to_k.call(context ?? x), n), Spread(to_v.call(context ?? x), n));        // (N, S, C)
        if (extra is not null && spreadExtra is not null)
            (k, v) = (cat([k, spreadExtra(to_k.call(extra))], 1), cat([v, spreadExtra(to_v.call(extra))], 1)); // (N, S + E, C)
        var read = functional.scaled_dot_product_attention(Heads(to_q.call(x)), Heads(k), Heads(v));   // (N, heads, T, C / heads)
        return to_out[0].call(read.transpose(1, 2).reshape(x.shape)).MoveToOuterDisposeScope();
    }

    private Tensor Heads(Tensor x) => x.view(x.shape[0], x.shape[1], _heads, -1).transpose(1, 2);

    private static Tensor Spread(Tensor x, long rows) => x.shape[0] == rows ? x : x.repeat_interleave(rows / x.shape[0], 0);
}
