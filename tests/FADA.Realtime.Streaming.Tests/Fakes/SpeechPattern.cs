namespace FADA.Realtime.Streaming.Tests.Fakes;

/// <summary>Speech whose every sample tells the number of its frame (from 1), so that mix-ups are visible.</summary>
internal static class SpeechPattern
{
    public const int Period = 20_000;

    public static short Value(long frame) => (short)((frame % Period) + 1);

    public static short[] Frames(long first, int count)
    {
        var samples = new short[count * SpeechClock.SamplesPerFrame];
        for (var i = 0; i < count; i++)
            samples.AsSpan(i * SpeechClock.SamplesPerFrame, SpeechClock.SamplesPerFrame).Fill(Value(first + i));
        return samples;
    }

    public static short[] Frames(int count) => Frames(0, count);
}
