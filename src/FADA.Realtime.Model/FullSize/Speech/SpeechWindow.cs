using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Speech;

/// <summary>How Hallo cuts sound into pictures: whole windows, with silence behind the end.</summary>
internal static class SpeechWindow
{
    /// <summary>Pictures that a sound drives, before padding: every begun one counts.</summary>
    public static int Frames(long samples, int framesPerSecond) => (int)((samples * framesPerSecond + Wav2Vec2.SampleRate - 1) / Wav2Vec2.SampleRate);

    /// <summary>Pads normalised sound with zeros so that its pictures fill whole windows.</summary>
    /// <param name="samples">(T)</param>
    /// <returns>The padded sound, and the number of its pictures, a multiple of <paramref name="window"/>.</returns>
    public static (Tensor Samples, int Frames) Pad(Tensor samples, int framesPerSecond, int window)
    {
        var frames = Frames(samples.shape[0], framesPerSecond);
        var missing = (window - frames % window) % window;
        return (nn.functional.pad(samples, (0, (long)missing * (Wav2Vec2.SampleRate / framesPerSecond))), frames + missing);
    }
}
