using FADA.Realtime.Training.Optimization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Distillation;

/// <summary>
/// Tells made mouths from real ones by the latents of two neighbouring frames beside the reference; hinge losses (Lim
/// and Ye 2017). It trains itself.
/// </summary>
internal sealed class LatentDiscriminator : IDisposable
{
    private const double LearningRate = 2e-4;

    // Rows 7 to 14 and columns 4 to 11 of the 16x16 latent.
    private const int Top = 7, Left = 4, Side = 8;
    private readonly Sequential _network;
    private readonly MasterAdamW _optimizer;

    public LatentDiscriminator(int channels)
    {
        _network = nn.Sequential(
            nn.Conv2d(3 * channels, 64, 3, padding: 1), nn.LeakyReLU(0.2),
            nn.Conv2d(64, 96, 3, stride: 2, padding: 1), nn.LeakyReLU(0.2),
            nn.Conv2d(96, 96, 3, padding: 1), nn.LeakyReLU(0.2),
            nn.Conv2d(96, 1, 1));
        _network.to(ScalarType.BFloat16);
        _optimizer = new MasterAdamW(_network.named_parameters(), new AdamWOptions { Beta1 = 0.5 });
    }

    /// <summary>One step of the discriminator, then its opinion of what was made as a loss for the maker.</summary>
    /// <param name="real">(B, F, K, 16, 16), F at least 2: differences from the reference, in diffusion units.</param>
    /// <param name="made">Like <paramref name="real"/>.</param>
    /// <param name="reference">(B, K, 16, 16), normalised.</param>
    public Tensor Loss(Tensor real, Tensor made, Tensor reference)
    {
        var own = nn.functional.relu(1 - Judge(real, reference)).mean() + nn.functional.relu(1 + Judge(made.detach(), reference)).mean();
        own.backward();
        _optimizer.Apply(LearningRate);
        foreach (var p in _network.parameters())
            p.requires_grad = false;
        var opinion = -Judge(made, reference).mean();
        foreach (var p in _network.parameters())
            p.requires_grad = true;
        return opinion;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }

    private Tensor Judge(Tensor data, Tensor reference)
    {
        var (b, f, k) = (data.shape[0], data.shape[1] - 1, data.shape[2]);
        var still = reference.unsqueeze(1).expand(b, f, k, data.shape[3], data.shape[4]);
        var pairs = cat([data.narrow(1, 0, f), data.narrow(1, 1, f), still], 2).view(b * f, 3 * k, data.shape[3], data.shape[4]);
        var mouth = pairs[TensorIndex.Ellipsis, TensorIndex.Slice(Top, Top + Side), TensorIndex.Slice(Left, Left + Side)];
        return _network.call(mouth.to(ScalarType.BFloat16)).to(ScalarType.Float32);
    }
}
