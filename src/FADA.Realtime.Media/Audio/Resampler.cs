namespace FADA.Realtime.Media.Audio;

/// <summary>
/// Streaming sample rate converter to 16 kHz: windowed sinc, any rate from 8 to 48 kHz, mono. The sound is neither
/// shifted nor lost: output sample n is the input at time n / 16000, and <see cref="Flush"/> gives the end.
/// </summary>
/// <remarks>For one stream and one thread at a time. Memory does not grow with the stream.</remarks>
public sealed class Resampler
{
    public const int OutputRate = 16_000;

    /// <summary>Pass band as a share of the lower Nyquist frequency; the rest is the filter's slope.</summary>
    private const double RollOff = 0.92;

    // Position in the input = _whole + _rest / OutputRate: whole numbers, so that hours of sound do not drift.
    private readonly double _cutoff;
    private readonly int _reach;
    private float[] _history;
    private int _count;
    private int _whole;
    private int _rest;

    /// <param name="inputRate">Samples per second of what will be written: 8000 to 48000.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another rate.</exception>
    public Resampler(int inputRate)
    {
        if (inputRate is < 8_000 or > 48_000)
            throw new ArgumentOutOfRangeException(nameof(inputRate), inputRate, $"The sample rate is {inputRate} Hz; it must be 8000 to 48000.");
        InputRate = inputRate;
        _cutoff = RollOff * Math.Min(1.0, (double)OutputRate / inputRate);
        _reach = (int)Math.Ceiling(SincTable.ZeroCrossings / _cutoff);
        _history = new float[4 * _reach];
        Reset();
    }

    public int InputRate { get; }

    /// <summary>Most samples that <see cref="Process"/> or <see cref="Flush"/> can give after an input of this length.</summary>
    public int MaxOutput(int inputLength) => checked((int)(((long)inputLength + 2 * _reach) * OutputRate / InputRate + 2));

    /// <summary>Converts the next samples; what the filter still needs stays inside for the next call.</summary>
    /// <returns>Samples written to <paramref name="output"/>.</returns>
    /// <exception cref="ArgumentException">The output is shorter than <see cref="MaxOutput"/>.</exception>
    public int Process(ReadOnlySpan<short> input, Span<short> output)
    {
        if (output.Length < MaxOutput(input.Length))
            throw new ArgumentException($"The output has room for {output.Length} samples; {MaxOutput(input.Length)} may come.", nameof(output));
        if (InputRate == OutputRate)
        {
            input.CopyTo(output);
            return input.Length;
        }
        Append(input);
        return Drain(output);
    }

    /// <summary>Gives what is still inside, as if silence followed, and starts anew.</summary>
    /// <exception cref="ArgumentException">The output is shorter than <see cref="MaxOutput"/> of 0.</exception>
    public int Flush(Span<short> output)
    {
        if (output.Length < MaxOutput(0))
            throw new ArgumentException($"The output has room for {output.Length} samples; {MaxOutput(0)} may come.", nameof(output));
        if (InputRate == OutputRate)
            return 0;
        Append(new short[_reach]);
        var written = Drain(output);
        Reset();
        return written;
    }

    private void Reset()
    {
        // Silence before the first sample, as far as the filter looks back.
        Array.Clear(_history);
        _count = _reach;
        _whole = _reach;
        _rest = 0;
    }

    private void Append(ReadOnlySpan<short> input)
    {
        if (_history.Length < _count + input.Length)
            Array.Resize(ref _history, Math.Max(_count + input.Length, 2 * _history.Length));
        for (var i = 0; i < input.Length; i++)
            _history[_count + i] = input[i];
        _count += input.Length;
    }

    private int Drain(Span<short> output)
    {
        var written = 0;
        while (_whole + _reach < _count)
        {
            output[written++] = (short)Math.Clamp(MathF.Round(Interpolate()), short.MinValue, short.MaxValue);
            _rest += InputRate;
            _whole += _rest / OutputRate;
            _rest %= OutputRate;
        }
        var passed = _whole - _reach;
        _history.AsSpan(passed, _count - passed).CopyTo(_history);
        _count -= passed;
        _whole = _reach;
        return written;
    }

    private float Interpolate()
    {
        var fraction = (double)_rest / OutputRate;
        var sum = 0f;
        for (var k = 1 - _reach; k <= _reach; k++)
            sum += _history[_whole + k] * SincTable.At((k - fraction) * _cutoff);
        return sum * (float)_cutoff;
    }
}
