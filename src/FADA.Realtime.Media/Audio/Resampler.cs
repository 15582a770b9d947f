namespace FADA.Realtime.Media.Audio;

/// <summary>Streaming sample rate converter to 16 kHz: windowed sinc, any rate from 8 to 48 kHz, mono.</summary>
public sealed class Resampler
{
    public const int OutputRate = 16_000;

    /// <param name="inputRate">Samples per second of what will be written: 8000 to 48000.</param>
    public Resampler(int inputRate) => throw new NotImplementedException();

    public int InputRate => throw new NotImplementedException();

    /// <summary>Most samples that <see cref="Process"/> can give for an input of this length.</summary>
    public int MaxOutput(int inputLength) => throw new NotImplementedException();

    /// <summary>Converts the next samples; what the filter still needs stays inside for the next call.</summary>
    /// <returns>Samples written to <paramref name="output"/>.</returns>
    public int Process(ReadOnlySpan<short> input, Span<short> output) => throw new NotImplementedException();

    /// <summary>Gives what is still inside, as if silence followed, and starts anew.</summary>
    public int Flush(Span<short> output) => throw new NotImplementedException();
}
