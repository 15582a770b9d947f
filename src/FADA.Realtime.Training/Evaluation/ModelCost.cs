using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Pipeline;
using TorchSharp;

namespace FADA.Realtime.Training.Evaluation;

/// <summary>
/// Arithmetic of generation, counted from the networks' shapes: two operations per multiply-add of convolutions,
/// projections and attention; norms and activations are left out.
/// </summary>
internal static class ModelCost
{
    // Tokens of the six layers of a U-Net at 16x16, 8x8 and 4x4.
    private static readonly long[] _tokens = [256, 64, 16, 16, 64, 256];

    /// <summary>GFLOP of one frame in windows of <paramref name="window"/> frames.</summary>
    /// <param name="evaluations">Denoiser runs of a window.</param>
    public static double GflopPerFrame(FadaModel model, double evaluations, int window)
    {
        var config = model.Config.Denoiser;
        var denoiser = Body(model.Denoiser) + Attention(config, window);
        var motion = (Body(model.Reference) + Attention(config, 0)) * config.MotionFrames / window;
        return (evaluations * denoiser + motion + Decoder(model) + Weights(model.Audio, _ => true, 1)) / 1e9;
    }

    private static double Body(torch.nn.Module unet)
    {
        double total = Weights(unet, n => n.StartsWith("body.conv_in", StringComparison.Ordinal) || n.StartsWith("conv_out", StringComparison.Ordinal) || n.StartsWith("body.up1", StringComparison.Ordinal), 256)
            + Weights(unet, n => n.StartsWith("body.down1", StringComparison.Ordinal) || n.StartsWith("body.up2", StringComparison.Ordinal), 64)
            + Weights(unet, n => n.StartsWith("body.down2", StringComparison.Ordinal), 16);
        for (var i = 0; i < _tokens.Length; i++)
        {
            var layer = $"body.layers.{i}.";
            // Projections of what is the same for all pixels of a frame run once.
            bool Once(string n) => n.Contains(".condition.", StringComparison.Ordinal) || n.Contains(".audio_kv.", StringComparison.Ordinal) || n.Contains(".control.to_kv", StringComparison.Ordinal);
            total += Weights(unet, n => n.StartsWith(layer, StringComparison.Ordinal) && !Once(n), _tokens[i]);
            total += Weights(unet, n => n.StartsWith(layer, StringComparison.Ordinal) && Once(n), 1);
        }
        return total;
    }

    // Scores and sums: reading as many tokens again of the reference, and the window's frames with the motion frames.
    private static double Attention(DenoiserConfig config, int window)
    {
        long[] channels = [config.Channels[0], config.Channels[1], config.Channels[2], config.Channels[2], config.Channels[1], config.Channels[0]];
        return channels.Zip(_tokens, (c, t) =>
        {
            var spatial = 4.0 * t * (window == 0 ? t : 2 * t + config.AudioWindow + 1) * c;
            return window == 0 ? spatial : spatial + 4.0 * t * (window + config.MotionFrames) * c;
        }).Sum();
    }

    private static double Decoder(FadaModel model) =>
        Weights(model.Decoder, n => n.StartsWith("stem", StringComparison.Ordinal) || n.StartsWith("body16", StringComparison.Ordinal), 16 * 16)
        + Weights(model.Decoder, n => n.StartsWith("widen32", StringComparison.Ordinal) || n.StartsWith("body32", StringComparison.Ordinal), 32 * 32)
        + Weights(model.Decoder, n => n.StartsWith("widen64", StringComparison.Ordinal) || n.StartsWith("join", StringComparison.Ordinal) || n.StartsWith("body64", StringComparison.Ordinal) || n.StartsWith("head", StringComparison.Ordinal), 64 * 64);

    private static double Weights(torch.nn.Module network, Func<string, bool> which, long places) =>
        network.named_parameters().Where(p => p.parameter.dim() > 1 && p.name.EndsWith("weight", StringComparison.Ordinal) && which(p.name)).Sum(p => 2.0 * p.parameter.numel() * places);
}
