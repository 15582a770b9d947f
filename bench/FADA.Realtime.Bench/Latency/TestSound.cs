using System.Text;

namespace FADA.Realtime.Bench.Latency;

/// <summary>The sounds that are sent, with edges sharp enough to be timed.</summary>
internal static class TestSound
{
    public const int TurnRate = 16_000;

    /// <summary>Seconds in a turn at which a tone begins after silence; the last one goes on to the end.</summary>
    public static readonly double[] Onsets = [0, 1, 2];

    private const int MicrophoneRate = 48_000;
    // Four pictures: a browser that is short of time leaves some out.
    private const double Tone = 0.16;
    private const double TurnSeconds = 6;

    // No multiple of a picture or a packet, so that the utterances fall on ever other moments of the server's clock.
    private const double UtteranceSeconds = 0.9, PauseSeconds = 2.113;

    /// <summary>A turn: short tones, then one that is there to be interrupted.</summary>
    public static short[] Turn()
    {
        var samples = new short[(int)(TurnSeconds * TurnRate)];
        foreach (var onset in Onsets)
            Fill(samples, TurnRate, onset, onset == Onsets[^1] ? TurnSeconds : onset + Tone);
        return samples;
    }

    /// <summary>How long until the microphone's sound repeats itself.</summary>
    public static TimeSpan MicrophonePeriod => TimeSpan.FromSeconds(UtteranceSeconds + PauseSeconds);

    /// <summary>Writes a pause and an utterance as WAV.</summary>
    public static void WriteMicrophone(string path)
    {
        var samples = new short[(int)((UtteranceSeconds + PauseSeconds) * MicrophoneRate)];
        Fill(samples, MicrophoneRate, PauseSeconds, PauseSeconds + UtteranceSeconds);
        using var file = new BinaryWriter(File.Create(path));
        file.Write(Encoding.ASCII.GetBytes("RIFF"));
        file.Write(36 + (2 * samples.Length));
        file.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        file.Write(16);
        file.Write((short)1); // PCM
        file.Write((short)1); // mono
        file.Write(MicrophoneRate);
        file.Write(2 * MicrophoneRate);
        file.Write((short)2);
        file.Write((short)16);
        file.Write(Encoding.ASCII.GetBytes("data"));
        file.Write(2 * samples.Length);
        foreach (var sample in samples)
            file.Write(sample);
    }

    private static void Fill(short[] samples, int rate, double from, double to)
    {
        var first = (int)Math.Round(from * rate);
        for (var i = first; i < Math.Min(samples.Length, to * rate); i++)
            samples[i] = (short)(16_000 * Math.Sin(2 * Math.PI * 1000 * (i - first) / rate));
    }
}
