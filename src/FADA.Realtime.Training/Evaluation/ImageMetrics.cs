using static TorchSharp.torch;

namespace FADA.Realtime.Training.Evaluation;

/// <summary>Picture likeness, on (N, 3, H, W) in -1..1.</summary>
public static class ImageMetrics
{
    private const double Same = 100;

    /// <summary>Mean over pictures of the peak signal-to-noise ratio in dB.</summary>
    public static double Psnr(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var error = (a - b).square().mean([1, 2, 3]);
        return (10 * log10(4 / error.clamp_min(1e-12))).clamp_max(Same).mean().item<float>();
    }

    /// <summary>Structural similarity (Wang et al. 2004): 11-pixel Gaussian window, sigma 1.5, on luma.</summary>
    public static double Ssim(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var line = exp(-(arange(11, dtype: ScalarType.Float32) - 5).square() / (2 * 1.5 * 1.5));
        line = line / line.sum();
        var kernel = line.outer(line).view(1, 1, 11, 11);
        var weights = tensor(new[] { .299f, .587f, .114f }, [1, 3, 1, 1]);
        Tensor Luma(Tensor x) => ((x + 1) / 2 * weights).sum(1, keepdim: true);
        Tensor Blur(Tensor x) => nn.functional.conv2d(x, kernel);
        var (x, y) = (Luma(a), Luma(b));
        var (mx, my) = (Blur(x), Blur(y));
        var (vx, vy, cov) = (Blur(x * x) - mx * mx, Blur(y * y) - my * my, Blur(x * y) - mx * my);
        const double C1 = 0.01 * 0.01, C2 = 0.03 * 0.03;
        return ((2 * mx * my + C1) * (2 * cov + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2))).mean().item<float>();
    }
}
