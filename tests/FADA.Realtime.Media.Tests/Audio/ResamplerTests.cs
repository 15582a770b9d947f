using FADA.Realtime.Media.Audio;
using FADA.Realtime.Media.Tests.Support;

namespace FADA.Realtime.Media.Tests.Audio;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(47_999)]
    [InlineData(48_000)]
    public void Process_Tone_KeepsLengthPitchAndLoudness(int rate)
    {
        var result = Convert(TestSounds.Tone(1000, rate, rate * 2), rate);

        Assert.InRange(result.Length, 32_000 - 2, 32_000 + 2);
        Assert.InRange(TestSounds.Amplitude(result.AsSpan(8000, 16_000), 1000, 16_000), 8000 * 0.995, 8000 * 1.005);
        var rest = TestSounds.Rms(Subtract(result.AsSpan(8000, 16_000), TestSounds.Tone(1000, 16_000, 24_000).AsSpan(8000)));
        Assert.True(rest < 8000 * 0.002, $"what is not the tone has {rest} rms: distorted or shifted");
    }

    [Theory]
    [InlineData(44_100, 10_000)]
    [InlineData(48_000, 9_000)]
    [InlineData(48_000, 15_900)]
    [InlineData(32_000, 12_000)]
    public void Process_ToneAboveTheNewBand_IsGone(int rate, int frequency)
    {
        var result = Convert(TestSounds.Tone(frequency, rate, rate * 2, 20_000), rate);

        var left = TestSounds.Rms(result.AsSpan(8000, 16_000));
        Assert.True(left < 20_000 / Math.Sqrt(2) * 0.001, $"{left} rms of an alias");
    }

    [Fact]
    public void Process_OddPieces_GivesTheSameAsOnePiece()
    {
        var tone = TestSounds.Tone(440, 44_100, 44_100);
        var whole = Convert(tone, 44_100);

        var resampler = new Resampler(44_100);
        var pieces = new List<short>();
        var random = new Random(7);
        for (var at = 0; at < tone.Length;)
        {
            var length = Math.Min(random.Next(0, 700), tone.Length - at);
            Append(pieces, resampler, tone.AsSpan(at, length));
            at += length;
        }
        var buffer = new short[resampler.MaxOutput(0)];
        pieces.AddRange(buffer.AsSpan(0, resampler.Flush(buffer)));

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Process_FullScaleSquare_ClampsInsteadOfWrapping()
    {
        var square = new short[48_000];
        for (var i = 0; i < square.Length; i++)
            square[i] = i / 240 % 2 == 0 ? short.MaxValue : short.MinValue;

        var result = Convert(square, 48_000);

        for (var i = 200; i < 15_800; i++)
        {
            if (i % 80 is > 10 and < 70)
                Assert.Equal(i / 80 % 2 == 0, result[i] > 20_000);
        }
    }

    [Theory]
    [InlineData(7_999)]
    [InlineData(48_001)]
    public void Constructor_RateOutOfRange_NamesIt(int rate) =>
        Assert.Contains($"{rate}", Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(rate)).Message, StringComparison.Ordinal);

    private static short[] Convert(short[] sound, int rate)
    {
        var resampler = new Resampler(rate);
        var result = new List<short>();
        Append(result, resampler, sound);
        var buffer = new short[resampler.MaxOutput(0)];
        result.AddRange(buffer.AsSpan(0, resampler.Flush(buffer)));
        return [.. result];
    }

    private static void Append(List<short> result, Resampler resampler, ReadOnlySpan<short> sound)
    {
        var buffer = new short[resampler.MaxOutput(sound.Length)];
        result.AddRange(buffer.AsSpan(0, resampler.Process(sound, buffer)));
    }

    private static short[] Subtract(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        var difference = new short[a.Length];
        for (var i = 0; i < a.Length; i++)
            difference[i] = (short)(a[i] - b[i]);
        return difference;
    }
}
