using FADA.Realtime.Model.Audio;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Audio;

public class AudioEncoderTests : TorchTest
{
    private readonly AudioEncoderConfig _config = new() { Width = 32 };

    [Fact]
    public void Forward_FutureChanged_FeaturesUpToLookAheadStay()
    {
        using var encoder = new AudioEncoder(_config);
        encoder.eval();
        var mel = randn(1, 80, 80);
        var other = mel.clone();
        // Pictures 0..9 own mel frames 0..39; everything later changes.
        other[0].narrow(0, 40, 40).copy_(randn(40, 80));

        var (a, b) = (encoder.call(mel), encoder.call(other));

        var safe = 10 - _config.LookAhead;
        Assert.Equal(0, MaxDifference(a.narrow(1, 0, safe), b.narrow(1, 0, safe)));
        Assert.True(MaxDifference(a.narrow(1, safe, 1), b.narrow(1, safe, 1)) > 0);
    }

    [Fact]
    public void Forward_ChunkWithLeftContext_EqualsTheWhole()
    {
        using var encoder = new AudioEncoder(_config);
        encoder.eval();
        var mel = randn(1, 4 * 80, 80);
        var whole = encoder.call(mel);

        const int Start = 50;
        var from = Start - _config.LeftContext;
        var chunk = encoder.call(mel.narrow(1, 4 * from, 4 * (80 - from)));

        Assert.True(MaxDifference(whole.narrow(1, Start, 10), chunk.narrow(1, Start - from, 10)) < 1e-5);
    }

    [Fact]
    public void LogMel_Chunk_EqualsTheWhole()
    {
        using var mel = new LogMel();
        var samples = randn(16_000) * 0.1;

        var whole = mel.ForwardAll(samples);
        var chunk = mel.Forward(samples.narrow(0, 20 * LogMel.Hop - LogMel.LeftContext, LogMel.LeftContext + 10 * LogMel.Hop));

        Assert.Equal(100, whole.shape[0]);
        Assert.True(MaxDifference(whole.narrow(0, 20, 10), chunk) < 1e-4);
    }

    [Fact]
    public void LogMel_PureTone_PeaksInItsBand()
    {
        using var mel = new LogMel();
        var tone = (arange(16_000, dtype: ScalarType.Float32) * (2 * Math.PI * 1000 / 16_000)).sin();

        var band = mel.ForwardAll(tone)[50].argmax().item<long>();

        // 1 kHz is 1000 mel of about 2840: band 80 * (1000 - 64) / (2840 - 64).
        Assert.InRange(band, 25, 29);
    }
}
