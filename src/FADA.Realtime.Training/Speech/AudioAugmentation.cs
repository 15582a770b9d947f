using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Speech;

/// <summary>
/// Makes one recording sound like another speaker, room and microphone, so that the encoder follows voices it never
/// heard: gain, coloured noise or babble, spectral tilt, and a warp of the mel axis (vocal tract length perturbation,
/// Jaitly and Hinton 2013).
/// </summary>
public static class AudioAugmentation
{
    /// <param name="samples">(B, N), -1..1.</param>
    public static Tensor Waveform(Tensor samples, Random random)
    {
        using var scope = NewDisposeScope();
        var batch = samples.shape[0];
        var level = samples.square().mean([1], keepdim: true).sqrt().clamp_min(1e-3);            // (B, 1)
        var white = randn_like(samples);
        // A first difference or a running sum bends white noise up or down.
        var brown = white.cumsum(1);
        brown = brown - nn.functional.avg_pool1d(brown.unsqueeze(1), 401, 1, 200).squeeze(1);
        brown = brown / brown.square().mean([1], keepdim: true).sqrt().clamp_min(1e-3);
        var babble = samples.roll(1, 0) / level.roll(1, 0);
        var kind = tensor(Enumerable.Range(0, (int)batch).Select(_ => (float)random.Next(3)).ToArray()).unsqueeze(1);
        var noise = where(kind.eq(0), white, where(kind.eq(1), brown, babble));
        var snr = tensor(Enumerable.Range(0, (int)batch).Select(_ => (float)(5 + 40 * random.NextDouble())).ToArray()).unsqueeze(1);
        var gain = tensor(Enumerable.Range(0, (int)batch).Select(_ => (float)Math.Pow(10, (random.NextDouble() * 28 - 18) / 20)).ToArray()).unsqueeze(1);
        // Speech is brought to a common level first: corpora differ by more than 10 dB.
        var mixed = (samples + noise * level * pow(10, -snr / 20)) * (0.1f / level) * gain;
        return mixed.clamp(-1, 1).MoveToOuterDisposeScope();
    }

    /// <param name="mel">(B, T, 80)</param>
    public static Tensor Mel(Tensor mel, Random random)
    {
        using var scope = NewDisposeScope();
        var (batch, bands) = ((int)mel.shape[0], (int)mel.shape[2]);
        var map = new float[batch * bands];
        var tilt = new float[batch * bands];
        for (var b = 0; b < batch; b++)
        {
            var (warp, slope, curve) = (0.86 + 0.28 * random.NextDouble(), random.NextDouble() - 0.5, random.NextDouble() - 0.5);
            for (var k = 0; k < bands; k++)
            {
                map[b * bands + k] = (float)Math.Clamp(k * warp, 0, bands - 1);
                var x = k / (double)bands * 2 - 1;
                tilt[b * bands + k] = (float)(0.6 * slope * x + 0.4 * curve * (x * x - 0.33));
            }
        }
        var position = tensor(map, [batch, 1, bands]).expand(batch, mel.shape[1], bands);          // (B, T, 80)
        var low = position.floor();
        var share = position - low;
        var warped = mel.gather(2, low.to(ScalarType.Int64)) * (1 - share)
            + mel.gather(2, (low + 1).clamp_max(bands - 1).to(ScalarType.Int64)) * share;
        return (warped + tensor(tilt, [batch, 1, bands])).MoveToOuterDisposeScope();
    }
}
