using FADA.Realtime.Model.Audio;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Data;

/// <summary>
/// Delay of the sound against the lips, clip by clip. A ridge regression from log-mel to mouth opening is learned over
/// all clips (loudness alone peaks anywhere from -40 to +220 ms); a clip's delay is where its prediction fits its own
/// lips best. A delay common to all clips cannot be seen this way and is taken to be none.
/// </summary>
internal static class OffsetEstimator
{
    private const int StepMs = 10;
    private const int MaxMs = 200;
    private const int StepsPerFrame = LogMel.FramesPerPicture;
    private const int Lags = MaxMs / StepMs;
    private const int Bands = 20;

    // Context of the regression: 11 spectra from -120 to +80 ms around the picture.
    private const int ContextFrom = -12, ContextTo = 8, ContextStep = 2;
    private const int Features = Bands * ((ContextTo - ContextFrom) / ContextStep + 1) + 1;

    // What makes a delay clear enough to correct: the fit is good, clearly better than without a correction, not at the
    // edge of the search, and at least one frame.
    private const float LeastPeak = 0.5f, LeastGain = 0.08f;
    private const int LeastMs = 40;
    private const int LeastFrames = 50;

    public static ClipOffset[] Estimate(IReadOnlyList<CachedClip> clips)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var mel = new LogMel();
        var spectra = clips.Select(c => Spectrum(mel, c.SourceAudio)).ToArray();
        var delays = new int[clips.Count];
        var curves = new float[clips.Count][];
        // Twice: the second regression learns from sound that is in step.
        for (var round = 0; round < 2; round++)
        {
            var weights = Fit(clips, spectra, delays);
            for (var i = 0; i < clips.Count; i++)
                curves[i] = Curve(clips[i].Opening, spectra[i], weights);
            delays = Decide(clips, curves);
        }
        return [.. curves.Select((c, i) => new ClipOffset(delays[i], Delay(Peak(c)), c[Peak(c)], c[Lags]))];
    }

    // A clip's own peak counts when it is clear; else its source's mean curve, where three clips or more share one.
    private static int[] Decide(IReadOnlyList<CachedClip> clips, float[][] curves)
    {
        var delays = new int[clips.Count];
        foreach (var source in Enumerable.Range(0, clips.Count).GroupBy(i => clips[i].Info.Speaker))
        {
            var members = source.ToList();
            var mean = new float[2 * Lags + 1];
            foreach (var i in members)
                for (var k = 0; k < mean.Length; k++)
                    mean[k] += curves[i][k] / members.Count;
            var common = members.Count >= 3 && Clear(mean) ? Delay(Peak(mean)) : 0;
            foreach (var i in members)
                delays[i] = Clear(curves[i]) && clips[i].Opening.Length >= LeastFrames ? Delay(Peak(curves[i])) : common;
        }
        return delays;
    }

    private static bool Clear(float[] curve)
    {
        var peak = Peak(curve);
        return curve[peak] >= LeastPeak && curve[peak] - curve[Lags] >= LeastGain
            && peak > 1 && peak < curve.Length - 2 && Math.Abs(Delay(peak)) >= LeastMs;
    }

    private static int Peak(float[] curve) => Array.IndexOf(curve, curve.Max());

    private static int Delay(int index) => (index - Lags) * StepMs;

    /// <summary>(4 T, Bands), each band with zero mean and unit deviation over the clip.</summary>
    private static float[,] Spectrum(LogMel mel, short[] audio)
    {
        using var scope = NewDisposeScope();
        var samples = new float[LogMel.LeftContext + audio.Length];
        for (var i = 0; i < audio.Length; i++)
            samples[LogMel.LeftContext + i] = audio[i] / 32768f;
        var bands = mel.Forward(tensor(samples));                                     // (4 T, 80)
        bands = bands.reshape(bands.shape[0], Bands, -1).mean([2]);                   // (4 T, 20)
        bands = (bands - bands.mean([0], true)) / (bands.std(0, unbiased: false, keepdim: true) + 1e-3f);
        var values = bands.contiguous().data<float>().ToArray();
        var result = new float[bands.shape[0], Bands];
        Buffer.BlockCopy(values, 0, result, 0, values.Length * sizeof(float));
        return result;
    }

    private static void Fill(Span<float> row, float[,] spectrum, int at)
    {
        var last = spectrum.GetLength(0) - 1;
        var k = 0;
        for (var c = ContextFrom; c <= ContextTo; c += ContextStep)
            for (int b = 0, j = Math.Clamp(at + c, 0, last); b < Bands; b++)
                row[k++] = spectrum[j, b];
        row[k] = 1;
    }

    private static float[] Fit(IReadOnlyList<CachedClip> clips, float[][,] spectra, int[] delays)
    {
        using var scope = NewDisposeScope();
        var (square, right) = (zeros(Features, Features), zeros(Features, 1));
        for (var i = 0; i < clips.Count; i++)
        {
            var target = Standardize(clips[i].Opening);
            var rows = new float[target.Length * Features];
            for (var t = 0; t < target.Length; t++)
                Fill(rows.AsSpan(t * Features, Features), spectra[i], StepsPerFrame * t + delays[i] / StepMs);
            using var inner = NewDisposeScope();
            var x = tensor(rows, [target.Length, Features]);
            square.add_(x.t().mm(x));
            right.add_(x.t().mm(tensor(target, [target.Length, 1])));
        }
        var penalty = eye(Features) * (0.003f * square.diagonal().mean());
        return linalg.solve(square + penalty, right).data<float>().ToArray();
    }

    // Correlation of prediction and lips for each delay; index Lags is none.
    private static float[] Curve(float[] opening, float[,] spectrum, float[] weights)
    {
        var target = Standardize(opening);
        var prediction = new float[spectrum.GetLength(0)];
        Span<float> row = stackalloc float[Features];
        for (var j = 0; j < prediction.Length; j++)
        {
            Fill(row, spectrum, j);
            prediction[j] = Dot(row, weights);
        }
        var curve = new float[2 * Lags + 1];
        var shifted = new float[target.Length];
        for (var k = 0; k < curve.Length; k++)
        {
            for (var t = 0; t < shifted.Length; t++)
                shifted[t] = prediction[Math.Clamp(StepsPerFrame * t + k - Lags, 0, prediction.Length - 1)];
            curve[k] = Dot(Standardize(shifted), target) / target.Length;
        }
        return curve;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static float[] Standardize(float[] values)
    {
        var mean = values.Average();
        var deviation = MathF.Sqrt(values.Average(v => (v - mean) * (v - mean))) + 1e-6f;
        return [.. values.Select(v => (v - mean) / deviation)];
    }
}
