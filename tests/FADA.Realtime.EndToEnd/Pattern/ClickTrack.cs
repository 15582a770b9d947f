using FADA.Realtime.Streaming;

namespace FADA.Realtime.EndToEnd.Pattern;

/// <summary>Speech made of one 80 ms tone a second, each beginning with a picture.</summary>
internal static class ClickTrack
{
    private const int ToneFrames = 2;

    public static short[] Make(int seconds)
    {
        var samples = new short[seconds * SpeechClock.SampleRate];
        for (var second = 0; second < seconds; second++)
            for (var i = 0; i < ToneFrames * SpeechClock.SamplesPerFrame; i++)
                samples[second * SpeechClock.SampleRate + i] = (short)(16_000 * Math.Sin(2 * Math.PI * 1000 * i / SpeechClock.SampleRate));
        return samples;
    }
}
