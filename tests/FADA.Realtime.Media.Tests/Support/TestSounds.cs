namespace FADA.Realtime.Media.Tests.Support;

/// <summary>Tones, and what is left of them.</summary>
internal static class TestSounds
{
    public static short[] Tone(double frequency, int sampleRate, int samples, double amplitude = 8000)
    {
        var tone = new short[samples];
        for (var i = 0; i < samples; i++)
            tone[i] = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * frequency * i / sampleRate));
        return tone;
    }

    /// <summary>Amplitude of one frequency in a sound (Goertzel, Hann window).</summary>
    public static double Amplitude(ReadOnlySpan<short> sound, double frequency, int sampleRate)
    {
        double re = 0, im = 0, weight = 0;
        for (var i = 0; i < sound.Length; i++)
        {
            var window = 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / sound.Length);
            var angle = 2 * Math.PI * frequency * i / sampleRate;
            re += window * sound[i] * Math.Cos(angle);
            im += window * sound[i] * Math.Sin(angle);
            weight += window;
        }
        return 2 * Math.Sqrt(re * re + im * im) / weight;
    }

    public static double Rms(ReadOnlySpan<short> sound)
    {
        double sum = 0;
        foreach (var sample in sound)
            sum += (double)sample * sample;
        return Math.Sqrt(sum / Math.Max(1, sound.Length));
    }
}
