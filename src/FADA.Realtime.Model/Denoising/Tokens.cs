using FADA.Realtime.Model.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Denoising;

/// <summary>
/// The networks keep pictures as (N, H, W, C): layer norms and projections then work on the last axis, and
/// convolutions see channels-last strides, which CPUs are fastest with.
/// </summary>
internal static class Tokens
{
    /// <summary>Convolution of an (N, H, W, C) tensor.</summary>
    public static Tensor Convolve(this Conv2d convolution, Tensor x) =>
        convolution.call(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1).contiguous();

    /// <summary>Nearest-neighbour doubling of an (N, H, W, C) tensor.</summary>
    public static Tensor Double(Tensor x)
    {
        var (n, h, w, c) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        return x.view(n, h, 1, w, 1, c).expand(n, h, 2, w, 2, c).reshape(n, h * 2, w * 2, c);
    }

    /// <summary>(N, T, C) to (N heads, T, C / heads).</summary>
    public static Tensor SplitHeads(Tensor x, int width)
    {
        var (n, t, heads) = (x.shape[0], x.shape[1], x.shape[2] / width);
        return x.view(n, t, heads, width).transpose(1, 2).reshape(n * heads, t, width);
    }

    /// <summary>(N heads, T, C / heads) to (N, T, C).</summary>
    public static Tensor MergeHeads(Tensor x, long batch)
    {
        var (t, width, heads) = (x.shape[1], x.shape[2], x.shape[0] / batch);
        return x.view(batch, heads, t, width).transpose(1, 2).reshape(batch, t, heads * width);
    }

    /// <summary>softmax(q k' / sqrt(d) + bias) v; written out because it beats the fused operator on CPUs.</summary>
    /// <param name="bias">Added to the scores, broadcast over queries; null for none.</param>
    public static Tensor Attend(Tensor q, Tensor k, Tensor v, Tensor? bias = null)
    {
        var scores = bmm(q.mul(Constants.Of(1 / Math.Sqrt(q.shape[2]))), k.transpose(1, 2));
        if (bias is not null)
            scores = scores + bias;
        return bmm(scores.softmax(-1), v);
    }
}
