using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Lips;
using FADA.Realtime.Training.Sync;
using FADA.Realtime.Training.Windows;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Distillation;

/// <summary>
/// The terms that look at what the student would show at scales of 1: decoded mouths, the discriminator's opinion, and
/// the sync expert's, and where the lips are. Each is left out where its weight is 0.
/// </summary>
internal sealed class HybridLoss : IDisposable
{
    // Frames of a batch that are decoded: decoding costs more than denoising.
    private const int Decoded = 4;
    private readonly DistillLosses _weights;
    private readonly FadaModel _model;
    private readonly LatentDiscriminator? _discriminator;
    private readonly SyncExpert? _expert;
    private readonly MelCache? _mel;
    private readonly LipReader? _lips;

    /// <param name="model">For its decoder and latent statistics.</param>
    public HybridLoss(DistillLosses weights, FadaModel model, ClipStore clips)
    {
        (_weights, _model) = (weights, model);
        if (weights.Adversarial > 0)
            _discriminator = new LatentDiscriminator(model.Config.Denoiser.LatentChannels);
        if (weights.Lips > 0)
            _lips = LipReader.Load(weights.LipReader);
        if (weights.Sync > 0)
        {
            _expert = SyncExpert.Load(weights.SyncExpert);
            _mel = new MelCache(clips.Train);
        }
    }

    /// <param name="made">(B, F, 8, 16, 16): predicted differences from the reference.</param>
    /// <param name="real">Of the video.</param>
    /// <param name="log">Gets each term, unweighted.</param>
    /// <returns>The weighted sum.</returns>
    public Tensor Of(WindowBatch batch, Tensor made, Tensor real, Random dice, Dictionary<string, float> log)
    {
        var total = zeros(1);
        var portrait = _model.Config.Latents.Normalise(batch.Reference);
        Add("pixel", _weights.Pixel, () => Pixel(batch, made, real, dice));
        if (_discriminator is not null && made.shape[1] > 1)
            Add("adversarial", _weights.Adversarial, () => _discriminator.Loss(real, made, portrait));
        if (_expert is not null && made.shape[1] >= SyncExpert.Frames)
            Add("sync", _weights.Sync, () => Sync(batch, made, portrait));
        if (_lips is not null)
            Add("lips", _weights.Lips, () => Lips(made, real, portrait));
        return total;

        void Add(string name, double weight, Func<Tensor> term)
        {
            if (weight <= 0)
                return;
            var value = term();
            log[name] = value.item<float>();
            total = total + value * weight;
        }
    }

    public void Dispose()
    {
        _discriminator?.Dispose();
        _expert?.Dispose();
        _mel?.Dispose();
        _lips?.Dispose();
    }

    // Without the reference's features: the decoder then shows all that the latents say.
    private Tensor Pixel(WindowBatch batch, Tensor made, Tensor real, Random dice)
    {
        var picks = Enumerable.Range(0, Decoded).Select(_ => (Sample: dice.Next((int)made.shape[0]), Frame: dice.Next((int)made.shape[1]))).ToList();
        Tensor Pick(Tensor data) => stack(picks.Select(p => _model.Config.Latents.FromData(data[p.Sample, p.Frame], batch.Reference[p.Sample])));
        var side = _model.Config.Vae.Side;
        var nothing = _model.Decoder.Reference(zeros(Decoded, 4, side, side, dtype: _model.Precision).ChannelsLast());
        Tensor Mouth(Tensor latents)
        {
            return FaceRegions.MouthCrop(side).Of(_model.Decoder.call(latents.to(_model.Precision).ChannelsLast(), nothing).Picture);
        }
        Tensor target;
        using (no_grad())
            target = Mouth(Pick(real));
        return (Mouth(Pick(made)) - target).abs().mean();
    }

    // Squared, so that a student that cannot know answers with the mean: the least distance on average.
    private Tensor Lips(Tensor made, Tensor real, Tensor portrait)
    {
        var frames = made.shape[1];
        var references = portrait.repeat_interleave(frames, 0);
        Tensor target;
        using (no_grad())
            target = _lips!.call(real.flatten(0, 1), references);
        return (_lips.call(made.flatten(0, 1), references) - target).square().mean();
    }

    private Tensor Sync(WindowBatch batch, Tensor made, Tensor portrait)
    {
        var starts = Enumerable.Range(0, (int)made.shape[1] - SyncExpert.Frames + 1).ToList();
        var pictures = _expert!.Picture(
            cat(starts.Select(s => made.narrow(1, s, SyncExpert.Frames)).ToArray()), cat(starts.Select(_ => portrait).ToArray()));
        Tensor sounds;
        using (no_grad())
            sounds = _expert.Sound(stack(starts.SelectMany(s => batch.Places.Select(p => _mel!.Window(p.Clip, p.Start + s))).ToArray()));
        return (1 - (pictures * sounds).sum(1)).mean();
    }
}
