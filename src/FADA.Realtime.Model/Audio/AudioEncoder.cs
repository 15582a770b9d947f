using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Audio;

/// <summary>
/// Speech to one feature vector per picture (25 Hz): strided convolutions over the log-mel, then causal dilated
/// residual blocks. Feature i sees speech up to the end of picture i + LookAhead and nothing later.
/// </summary>
public sealed class AudioEncoder : Module<Tensor, Tensor>
{
    private readonly Conv1d stem, reduce;
    private readonly ModuleList<CausalBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear viseme_head, lip_head;

    public AudioEncoder(AudioEncoderConfig config) : base(nameof(AudioEncoder))
    {
        Config = config;
        stem = Conv1d(LogMel.Bands, config.Width, 4, stride: 2);                      // 100 -> 50 Hz
        reduce = Conv1d(config.Width, config.Width, 2, stride: 2);                     // 50 -> 25 Hz
        blocks = ModuleList(config.Dilations.Select(d => new CausalBlock(config.Width, d, config.Dropout)).ToArray());
        norm = LayerNorm(config.Width);
        viseme_head = Linear(config.Width, config.Visemes);
        lip_head = Linear(config.Width, config.LipCode);
        RegisterComponents();
    }

    public AudioEncoderConfig Config { get; }

    /// <param name="mel">(B, 4 T, 80)</param>
    /// <returns>(B, T - LookAhead, Width): features of pictures 0 .. T - LookAhead - 1.</returns>
    public override Tensor forward(Tensor mel)
    {
        using var scope = NewDisposeScope();
        var x = functional.pad(mel.transpose(1, 2), [2, 0]);                            // (B, 80, 4 T + 2)
        x = functional.gelu(stem.call(x));                                              // (B, W, 2 T)
        x = functional.gelu(reduce.call(x)).transpose(1, 2);                            // (B, T, W)
        foreach (var block in blocks)
            x = block.call(x);
        x = norm.call(x);
        // The network is causal; shifting its output by LookAhead gives each picture its bit of future.
        return x[TensorIndex.Colon, TensorIndex.Slice(Config.LookAhead)].contiguous().MoveToOuterDisposeScope();
    }

    /// <param name="features">(B, T, Width)</param>
    /// <returns>(B, T, Visemes) logits of the phoneme group spoken in each picture.</returns>
    public Tensor Visemes(Tensor features) => viseme_head.call(features);

    /// <param name="features">(B, T, Width)</param>
    /// <returns>(B, T, 4) lip code, in standard deviations from the closed mouth at rest.</returns>
    public Tensor LipCode(Tensor features) => lip_head.call(features);
}
