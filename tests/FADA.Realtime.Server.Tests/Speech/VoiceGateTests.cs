using FADA.Realtime.Server.Speech;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Speech;

public sealed class VoiceGateTests
{
    private readonly VoiceGate _gate = new();
    private readonly List<short[]> _taken = [];
    private int _ended;

    [Fact]
    public void Hear_RoomNoise_StaysClosed()
    {
        Hear(Noise(10, amplitude: 60));

        Assert.Empty(_taken);
        Assert.Equal(0, _ended);
    }

    [Fact]
    public void Hear_VoiceInNoise_TakesItWithItsBeginningAndEndsOnce()
    {
        Hear(Noise(2, amplitude: 60));
        Hear(TestSpeech.Syllables(TimeSpan.FromSeconds(2)));
        Hear(Noise(2, amplitude: 60));

        // Two seconds of voice, a little before it, and the silence that told its end.
        Assert.InRange(_taken.Count, 100, 100 + 12 + 40);
        Assert.Equal(1, _ended);
        Assert.False(_gate.Open);
    }

    [Fact]
    public void Hear_NoiseThatGrows_BecomesTheFloorInTime()
    {
        Hear(Noise(1, amplitude: 20));
        Hear(Noise(40, amplitude: 400));

        Assert.False(_gate.Open);
        Assert.InRange(_ended, 0, 1);
    }

    private static short[] Noise(double seconds, int amplitude)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, (int)(seconds * 16_000)).Select(_ => (short)random.Next(-amplitude, amplitude + 1))];
    }

    private void Hear(short[] samples)
    {
        for (var at = 0; at + VoiceGate.PieceSamples <= samples.Length; at += VoiceGate.PieceSamples)
            _ended += _gate.Hear(samples[at..(at + VoiceGate.PieceSamples)], _taken.Add) ? 1 : 0;
    }
}
