using System.Globalization;
using System.Text.Json;
using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Lips;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Windows;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Stages;

/// <summary>
/// Trains the autoencoder on single frames: L1 and image-gradient losses weighted to the mouth, a small KL term, and
/// optionally a patch discriminator on the mouth. The decoder sees another frame of the clip as its reference.
/// </summary>
public sealed class VaeStage : ITrainingStage
{
    private readonly VaeOptions _options;
    private readonly VaeEncoder _encoder;
    private readonly VaeDecoder _decoder;
    private readonly ClipStore _clips;
    private readonly Tensor _weights;
    private readonly Tensor _window;
    private readonly MouthDiscriminator? _discriminator;
    private readonly MadeFrames? _made;
    private readonly LipReader? _lips;

    /// <param name="made">Frames of a finished model; null where the options name none.</param>
    internal VaeStage(VaeOptions options, ClipStore clips, MadeFrames? made = null)
    {
        (_options, _clips, _made) = (options, clips, made);
        random.manual_seed(options.Schedule.Seed);
        _encoder = new VaeEncoder(options.Vae);
        _decoder = new VaeDecoder(options.Vae);
        if (options.Start.Length > 0)
        {
            using var file = SafetensorsFile.Open(options.Start);
            WeightsLoader.Load(_encoder, file, "encoder.");
            WeightsLoader.Load(_decoder, file, "decoder.", name => name.StartsWith("flow.", StringComparison.Ordinal));
        }
        _encoder.to(ScalarType.BFloat16);
        _decoder.to(ScalarType.BFloat16);
        Optimizer = new MasterAdamW(Parameters(), new AdamWOptions());
        _weights = FaceRegions.Weights(options.Vae.Side, options.MouthWeight, 1).DetachFromDisposeScope();
        _window = FaceWindow.Create(options.Vae.Side).DetachFromDisposeScope();
        if (options.LipWeight > 0)
            _lips = LipReader.Load(options.LipReader);
        if (options.AdversarialWeight > 0)
            _discriminator = new MouthDiscriminator(options.Vae.Side);
    }

    public string Name => "vae";
    public MasterAdamW Optimizer { get; }

    public IReadOnlyDictionary<string, float> Step(long step)
    {
        random.manual_seed(_options.Schedule.Seed * 1_000_003L + step);
        var dice = new Random(HashCode.Combine(_options.Schedule.Seed, step));
        var made = _made is not null && dice.NextDouble() < _options.MadeShare;
        var (latent, target, reference, kl) = made ? Made(dice) : Filmed(dice);
        var present = made ? ones(_options.Batch, 1, 1, 1) : rand(_options.Batch, 1, 1, 1).ge(_options.ReferenceDrop).to(ScalarType.Float32);
        var (picture, mask) = Decode(latent, reference, present);

        var absolute = ((picture - target).abs() * _weights).mean();
        var gradient = GradientLoss(picture, target);
        var loss = absolute + gradient * _options.GradientWeight + mask.mean() * _options.PaintWeight;
        if (!_options.FreezeEncoder)
            loss = loss + kl * _options.KlWeight;
        var suffix = made ? "_made" : "";
        var losses = new Dictionary<string, float> { ["l1" + suffix] = absolute.item<float>(), ["gradient" + suffix] = gradient.item<float>(), ["mask" + suffix] = mask.mean().item<float>() };
        if (!made)
            losses["kl"] = kl.item<float>();
        if (_lips is not null)
        {
            var lips = Lips(picture, target, reference);
            loss = loss + lips * _options.LipWeight;
            losses["lips" + suffix] = lips.item<float>();
        }
        if (_discriminator is not null)
        {
            var (adversarial, own) = _discriminator.Losses(target, picture);
            loss = loss + adversarial * _options.AdversarialWeight;
            losses["adversarial"] = adversarial.item<float>();
            losses["discriminator"] = own;
        }
        loss.backward();
        return losses;
    }

    public IReadOnlyDictionary<string, float> Sample(long step, string folder)
    {
        var figures = new Dictionary<string, float>();
        foreach (var (name, clips) in new[] { ("test", _clips.Test), ("unseen", _clips.Unseen) })
        {
            var frames = clips.Take(6).Select(c => (c, c.Frames / 2)).ToList();
            if (frames.Count == 0)
                continue;
            var target = FrameBatch.Load(frames);
            var reference = FrameBatch.Load(frames.Select(f => (f.c, 0)).ToList());
            var (mean, _) = Encode(target);
            var (picture, mask) = Decode(mean, reference, ones(frames.Count, 1, 1, 1));
            var (bare, _) = Decode(mean, reference, zeros(frames.Count, 1, 1, 1));
            figures[$"{name}_psnr"] = Psnr(picture, target);
            figures[$"{name}_psnr_without_reference"] = Psnr(bare, target);
            figures[$"{name}_psnr_static"] = Psnr(reference, target);
            SampleSheet.Write(Path.Combine(folder, $"samples-{name}.png"), reference, target, picture, bare, mask.expand(-1, 3, -1, -1) * 2 - 1);
        }
        return figures;
    }

    public void Export(string path, long step) => SafetensorsWriter.Write(path,
        (_options.FreezeEncoder ? Named("encoder.", _encoder).Select(p => (p.Name, (Tensor)p.Parameter)).Concat(Optimizer.Averages()) : Optimizer.Averages()),
        new Dictionary<string, string>
        {
            ["network"] = "Vae",
            ["config"] = JsonSerializer.Serialize(_options.Vae),
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
        });

    public void Dispose()
    {
        Optimizer.Dispose();
        _discriminator?.Dispose();
        _made?.Dispose();
        _lips?.Dispose();
        _encoder.Dispose();
        _decoder.Dispose();
        _weights.Dispose();
        _window.Dispose();
    }

    private (Tensor Latent, Tensor Target, Tensor Reference, Tensor Kl) Filmed(Random dice)
    {
        var pairs = cat(Enumerable.Range(0, _options.Batch).Select(_ => Pair(dice)).ToArray());     // (2 B, 3, 256, 256)
        var (target, reference) = (pairs[TensorIndex.Slice(0, null, 2)], pairs[TensorIndex.Slice(1, null, 2)]);
        var (mean, logVariance) = Encode(target);
        var kl = (mean.square() + logVariance.exp() - 1 - logVariance).mean() * 0.5;
        return (mean + (logVariance / 2).exp() * randn_like(mean), target, reference, kl);
    }

    private (Tensor Latent, Tensor Target, Tensor Reference, Tensor Kl) Made(Random dice)
    {
        var (latent, target, reference) = _made!.Draw(dice, _options.Batch);
        return (latent, target, reference, zeros(1));
    }

    private (Tensor Mean, Tensor LogVariance) Encode(Tensor picture)
    {
        using var _ = _options.FreezeEncoder ? no_grad() : null;
        return _encoder.call(picture.to(ScalarType.BFloat16).ChannelsLast());
    }

    private (Tensor Picture, Tensor Mask) Decode(Tensor latent, Tensor reference, Tensor present)
    {
        var painting = _decoder.call(latent.to(ScalarType.BFloat16).ChannelsLast(), _decoder.Reference(ReferenceInput(reference, present)));
        // Without a reference there is nothing to keep: everything is painted.
        if (_options.Window)
            painting = painting.Within(_window * present + (1 - present));
        painting = painting with { Mask = painting.Mask * present + (1 - present) };
        return (painting.Over(reference), painting.Mask);
    }

    private Tensor Lips(Tensor picture, Tensor target, Tensor reference)
    {
        Tensor truth;
        using (no_grad())
            truth = _lips!.call(target, reference);
        return (_lips.call(picture, reference) - truth).square().mean();
    }

    private static Tensor ReferenceInput(Tensor reference, Tensor present) =>
        (cat([reference, ones_like(reference[TensorIndex.Colon, TensorIndex.Slice(0, 1)])], 1) * present).to(ScalarType.BFloat16).ChannelsLast();

    // Differences to the right and lower neighbour, at full and half size: edges of lips and teeth count as much as areas.
    private Tensor GradientLoss(Tensor a, Tensor b)
    {
        var d = a - b;
        var total = zeros(1);
        for (var scale = 0; scale < 2; scale++)
        {
            var w = scale == 0 ? _weights : nn.functional.avg_pool2d(_weights, 2);
            var dx = d[TensorIndex.Ellipsis, TensorIndex.Slice(1)] - d[TensorIndex.Ellipsis, TensorIndex.Slice(0, -1)];
            var dy = d[TensorIndex.Ellipsis, TensorIndex.Slice(1), TensorIndex.Colon] - d[TensorIndex.Ellipsis, TensorIndex.Slice(0, -1), TensorIndex.Colon];
            total = total + (dx.abs() * w[TensorIndex.Ellipsis, TensorIndex.Slice(1)]).mean() + (dy.abs() * w[TensorIndex.Ellipsis, TensorIndex.Slice(1), TensorIndex.Colon]).mean();
            d = nn.functional.avg_pool2d(d, 2);
        }
        return total.squeeze();
    }

    // A target and a reference of one person.
    private Tensor Pair(Random dice)
    {
        var clip = _clips.Draw(dice, _options.MainShare);
        int[] frames = [OpenMouthFrame(clip, dice), dice.Next(clip.Frames)];
        return new Look(dice).Apply(FrameBatch.Load(frames.Select(f => (clip, f)).ToList()), clip, frames);
    }

    // Open mouths are rare and are what the lips are judged by: every other target is the most open of five frames.
    private int OpenMouthFrame(Clip clip, Random dice)
    {
        var code = _clips.LipCodes[clip];
        var candidates = Enumerable.Range(0, dice.Next(2) == 0 ? 5 : 1).Select(_ => dice.Next(clip.Frames));
        return candidates.MaxBy(f => code[f * LipCode.Size]);
    }

    private IEnumerable<(string Name, Parameter Parameter)> Parameters() =>
        _options.FreezeEncoder ? Named("decoder.", _decoder) : Named("encoder.", _encoder).Concat(Named("decoder.", _decoder));

    private static IEnumerable<(string Name, Parameter Parameter)> Named(string prefix, nn.Module module) =>
        module.named_parameters().Select(p => (prefix + p.name, p.parameter));

    private static float Psnr(Tensor a, Tensor b) =>
        (float)(10 * Math.Log10(4 / (a.clamp(-1, 1) - b).square().mean().item<float>()));
}
