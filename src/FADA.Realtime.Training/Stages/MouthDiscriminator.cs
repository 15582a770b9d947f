using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Optimization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Stages;

/// <summary>A small patch discriminator (Isola et al. 2017) with hinge losses on the mouth crop; it trains itself.</summary>
internal sealed class MouthDiscriminator : IDisposable
{
    private const double LearningRate = 2e-4;
    private readonly Sequential _network;
    private readonly MasterAdamW _optimizer;
    private readonly CropBox _crop;

    public MouthDiscriminator(int side)
    {
        _crop = FaceRegions.MouthCrop(side);
        _network = nn.Sequential(
            nn.Conv2d(3, 32, 4, stride: 2, padding: 1), nn.LeakyReLU(0.2),
            nn.Conv2d(32, 64, 4, stride: 2, padding: 1), nn.LeakyReLU(0.2),
            nn.Conv2d(64, 96, 4, stride: 2, padding: 1), nn.LeakyReLU(0.2),
            nn.Conv2d(96, 1, 3, padding: 1));
        _network.to(ScalarType.BFloat16);
        _optimizer = new MasterAdamW(_network.named_parameters(), new AdamWOptions { Beta1 = 0.5 });
    }

    /// <summary>One step of the discriminator, then its opinion of the painted pictures as a loss for the painter.</summary>
    public (Tensor Adversarial, float Own) Losses(Tensor real, Tensor painted)
    {
        var own = nn.functional.relu(1 - Judge(real)).mean() + nn.functional.relu(1 + Judge(painted.detach())).mean();
        own.backward();
        _optimizer.Apply(LearningRate);
        foreach (var p in _network.parameters())
            p.requires_grad = false;
        var adversarial = -Judge(painted).mean();
        foreach (var p in _network.parameters())
            p.requires_grad = true;
        return (adversarial, own.item<float>());
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }

    private Tensor Judge(Tensor picture)
    {
        return _network.call(_crop.Of(picture).to(ScalarType.BFloat16).ChannelsLast()).to(ScalarType.Float32);
    }
}
