using static TorchSharp.torch;

namespace FADA.Realtime.Model.Diffusion;

/// <summary>
/// 1000 steps, rescaled to zero terminal SNR (Lin et al. 2024, algorithm 1): at the last step the network sees nothing
/// but noise.
/// </summary>
public sealed class NoiseSchedule
{
    public const int Steps = 1000;
    private readonly float[] _alpha = new float[Steps];
    private readonly float[] _sigma = new float[Steps];

    public NoiseSchedule(double firstBeta = 0.00085, double lastBeta = 0.012, BetaSchedule betas = BetaSchedule.Linear)
    {
        var root = new double[Steps];
        var product = 1.0;
        for (var t = 0; t < Steps; t++)
        {
            product *= 1 - (betas == BetaSchedule.Linear
                ? Between(firstBeta, lastBeta, t)
                : Math.Pow(Between(Math.Sqrt(firstBeta), Math.Sqrt(lastBeta), t), 2));
            root[t] = Math.Sqrt(product);
        }
        var (first, last) = (root[0], root[^1]);
        for (var t = 0; t < Steps; t++)
        {
            var a = (root[t] - last) * first / (first - last);
            (_alpha[t], _sigma[t]) = ((float)a, (float)Math.Sqrt(Math.Max(0, 1 - a * a)));
        }
    }

    /// <summary>Share of the signal at step t: sqrt(alpha-bar); 0 at 999. Step -1 is clean data.</summary>
    public float Alpha(int t) => t < 0 ? 1 : _alpha[t];

    /// <summary>Share of the noise at step t: sqrt(1 - alpha-bar).</summary>
    public float Sigma(int t) => t < 0 ? 0 : _sigma[t];

    /// <summary>Signal and noise shares of a batch of steps, each (B, 1, 1, 1, 1).</summary>
    public (Tensor Alpha, Tensor Sigma) Of(IReadOnlyList<int> timesteps) =>
        (tensor(timesteps.Select(Alpha).ToArray(), [timesteps.Count, 1, 1, 1, 1]), tensor(timesteps.Select(Sigma).ToArray(), [timesteps.Count, 1, 1, 1, 1]));

    /// <summary>"Trailing" steps (Lin et al. 2024, table 2): n of them, from 999 down.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is not 1 to 1000.</exception>
    public static int[] Trailing(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, Steps);
        return Enumerable.Range(0, n).Select(i => (int)Math.Round(Steps - i * (double)Steps / n) - 1).ToArray();
    }

    /// <summary>
    /// The step that a DDIM step of <paramref name="n"/> leads to, as diffusers counts: t - 1000 / n in whole numbers, not the
    /// next listed step. With n = 6 the last one ends at step 0, not at clean data.
    /// </summary>
    public static int Previous(int t, int n) => t - Steps / n;

    private static double Between(double first, double last, int t) => first + (last - first) * t / (Steps - 1);
}
