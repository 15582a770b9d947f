namespace FADA.Realtime.Server.Tests.Doubles;

/// <summary>Sound to be spoken.</summary>
internal static class TestSpeech
{
    /// <summary>A tone that swells four times a second, as syllables do. 16-bit mono.</summary>
    public static short[] Syllables(TimeSpan duration, int rate = 16_000)
    {
        var samples = new short[(int)(duration.TotalSeconds * rate)];
        for (var i = 0; i < samples.Length; i++)
        {
            var t = (double)i / rate;
            samples[i] = (short)(12_000 * Math.Abs(Math.Sin(4 * Math.PI * t)) * Math.Sin(2 * Math.PI * 220 * t));
        }

        return samples;
    }

    /// <summary>A 16 kHz mono WAV file.</summary>
    public static byte[] Wav(short[] samples)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + samples.Length * 2);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(16_000);
        writer.Write(32_000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(samples.Length * 2);
        foreach (var sample in samples)
            writer.Write(sample);
        writer.Flush();
        return stream.ToArray();
    }
}
