using FADA.Realtime.Model.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Audio;

/// <summary>
/// Log-mel spectrogram of 16 kHz speech: 80 bands, 100 frames a second, 25 ms Hann window, 512-point FFT.
/// Frame j sees samples up to 160 (j + 1), never beyond: four frames belong to each 40 ms picture.
/// </summary>
public sealed class LogMel : IDisposable
{
    public const int Bands = 80;
    public const int Hop = 160;
    public const int Window = 400;
    public const int FramesPerPicture = 4;

    /// <summary>Samples before a chunk that its first frame needs.</summary>
    public const int LeftContext = Window - Hop;

    private const int Fft = 512;
    private const int SampleRate = 16_000;
    private readonly Tensor _window;
    private readonly Tensor _filters;

    /// <param name="device">Of the samples; null: the CPU.</param>
    public LogMel(Device? device = null)
    {
        // Made on the CPU: so the tables are the same to the last bit everywhere.
        using var scope = NewDisposeScope();
        _window = torch.hann_window(Window, device: CPU).to(device ?? CPU).DetachFromDisposeScope();
        _filters = Filters().to(device ?? CPU).DetachFromDisposeScope();
    }

    /// <param name="samples">(..., N), -1..1; the first <see cref="LeftContext"/> samples are context only.</param>
    /// <returns>(..., (N - LeftContext) / Hop, 80), about zero mean and unit deviation for speech.</returns>
    public Tensor Forward(Tensor samples)
    {
        using var scope = NewDisposeScope();
        var frames = samples.unfold(-1, Window, Hop) * _window;                    // (T, 400)
        var power = fft.rfft(frames, Fft).abs().square();                          // (T, 257)
        var mel = power.matmul(_filters);                                          // (T, 80)
        return mel.clamp_min(Constants.Of(1e-6)).log().add(Constants.Of(4)).mul(Constants.Of(0.25)).MoveToOuterDisposeScope();
    }

    /// <summary>The whole of a recording, as if silence came before it.</summary>
    public Tensor ForwardAll(Tensor samples)
    {
        using var scope = NewDisposeScope();
        return Forward(nn.functional.pad(samples, [LeftContext, 0])).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _window.Dispose();
        _filters.Dispose();
    }

    // Triangular filters, equally wide on the mel scale 2595 log10(1 + f / 700), 40 Hz .. 8 kHz.
    private static Tensor Filters()
    {
        static double ToMel(double hz) => 2595 * Math.Log10(1 + hz / 700);
        static double ToHz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
        const int Bins = Fft / 2 + 1;
        double low = ToMel(40), high = ToMel(SampleRate / 2.0);
        var centres = Enumerable.Range(0, Bands + 2).Select(i => ToHz(low + (high - low) * i / (Bands + 1)) * Fft / SampleRate).ToArray();
        var weights = new float[Bins * Bands];
        for (var band = 0; band < Bands; band++)
        {
            for (var bin = 0; bin < Bins; bin++)
            {
                var rise = (bin - centres[band]) / (centres[band + 1] - centres[band]);
                var fall = (centres[band + 2] - bin) / (centres[band + 2] - centres[band + 1]);
                weights[bin * Bands + band] = (float)Math.Max(0, Math.Min(rise, fall));
            }
        }
        return tensor(weights, [Bins, Bands], device: CPU);
    }
}
