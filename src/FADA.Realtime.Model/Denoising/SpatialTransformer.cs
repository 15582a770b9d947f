using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Denoising;

/// <summary>
/// Self-attention that also reads the ReferenceNet's features of the same layer (keys and values side by side), audio
/// cross-attention, and a gated feed-forward layer; the transformer of the Hallo / EchoMimic / FADA family.
/// </summary>
internal sealed class SpatialTransformer : Module
{
    private readonly LayerNorm norm1, norm3;
    private readonly LayerNorm? norm2;
    private readonly Linear to_q, to_kv, to_out, ff_in, ff_out;
    private readonly Linear? audio_q, audio_kv, audio_out;
    private readonly ControlLayer? control;
    private readonly int _headWidth;

    public SpatialTransformer(int channels, int headWidth, int audioWidth, bool controlled) : base(nameof(SpatialTransformer))
    {
        _headWidth = headWidth;
        norm1 = LayerNorm(channels);
        to_q = Linear(channels, channels, hasBias: false);
        to_kv = Linear(channels, 2 * channels, hasBias: false);
        to_out = Linear(channels, channels);
        if (audioWidth > 0)
        {
            norm2 = LayerNorm(channels);
            audio_q = Linear(channels, channels, hasBias: false);
            audio_kv = Linear(audioWidth, 2 * channels, hasBias: false);
            audio_out = Linear(channels, channels, hasBias: false);
        }
        control = controlled ? new ControlLayer(channels, headWidth, audioWidth) : null;
        norm3 = LayerNorm(channels);
        ff_in = Linear(channels, 4 * channels);
        ff_out = Linear(2 * channels, channels);
        RegisterComponents();
    }

    /// <summary>Keys and values of reference features, once per identity.</summary>
    /// <param name="features">(B, T, C) as <see cref="forward"/> wrote them.</param>
    /// <returns>(B, T, 2 C)</returns>
    public Tensor ReferenceKeys(Tensor features) => to_kv.call(features);

    /// <param name="x">(N, H, W, C), N = B F frames.</param>
    /// <param name="reference">(B, T, 2 C) from <see cref="ReferenceKeys"/>; null where no reference is read.</param>
    /// <param name="referenceBias">(B, 1, 1): 0, or a large negative number that hides the reference of a sample; null for 0.</param>
    /// <param name="audio">(N, A, D) tokens; all zeros mean silence about the audio; null in the ReferenceNet.</param>
    /// <param name="guidance">(B, K, D) condition tokens; null for an unguided run.</param>
    /// <param name="bank">Where a ReferenceNet writes its normalised features (N, T, C).</param>
    public Tensor forward(Tensor x, Tensor? reference, Tensor? referenceBias, Tensor? audio, Tensor? guidance, List<Tensor>? bank)
    {
        using var scope = NewDisposeScope();
        var (n, h, w, c) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var tokens = x.view(n, h * w, c);                                            // (N, T, C)
        var normed = norm1.call(tokens);
        bank?.Add(normed.MoveToOuterDisposeScope());
        tokens = tokens + to_out.call(SelfAttention(normed, reference, referenceBias));
        if (audio is not null && audio_q is not null)
        {
            var kv = audio_kv!.call(audio).chunk(2, -1);                             // (N, A, C) each
            var read = Tokens.Attend(Tokens.SplitHeads(audio_q.call(norm2!.call(tokens)), _headWidth),
                Tokens.SplitHeads(kv[0], _headWidth), Tokens.SplitHeads(kv[1], _headWidth));
            tokens = tokens + audio_out!.call(Tokens.MergeHeads(read, n));
        }
        if (control is not null && guidance is not null)
            tokens = tokens + control.call(tokens, guidance);
        var gate = ff_in.call(norm3.call(tokens)).chunk(2, -1);
        tokens = tokens + ff_out.call(gate[0] * functional.gelu(gate[1]));
        return tokens.view(n, h, w, c).MoveToOuterDisposeScope();
    }

    private Tensor SelfAttention(Tensor normed, Tensor? reference, Tensor? referenceBias)
    {
        var (n, t, c) = (normed.shape[0], normed.shape[1], normed.shape[2]);
        var kv = to_kv.call(normed);                                                 // (N, T, 2 C)
        Tensor? bias = null;
        if (reference is not null)
        {
            var frames = n / reference.shape[0];
            var spread = reference.unsqueeze(1).expand(reference.shape[0], frames, reference.shape[1], 2 * c).reshape(n, reference.shape[1], 2 * c);
            kv = cat([kv, spread], 1);                                               // (N, T + R, 2 C)
            if (referenceBias is not null)
                bias = Bias(referenceBias, frames, c / _headWidth, t, reference.shape[1]);
        }
        var parts = kv.chunk(2, -1);
        var read = Tokens.Attend(Tokens.SplitHeads(to_q.call(normed), _headWidth),
            Tokens.SplitHeads(parts[0], _headWidth), Tokens.SplitHeads(parts[1], _headWidth), bias);
        return Tokens.MergeHeads(read, n);                                           // (N, T, C)
    }

    // (B, 1, 1) to (B F heads, 1, T + R): nothing on a frame's own tokens, the bias on the reference's.
    private static Tensor Bias(Tensor bias, long frames, long heads, long own, long reference)
    {
        var each = bias.view(-1, 1, 1).expand(bias.shape[0], frames * heads, reference).reshape(-1, 1, reference);
        return cat([zeros(each.shape[0], 1, own, dtype: bias.dtype, device: bias.device), each], 2);
    }
}
