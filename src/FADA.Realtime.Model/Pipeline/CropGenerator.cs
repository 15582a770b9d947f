using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>
/// From speech to face crops, window by window: features with their left context, denoising on top of the motion
/// frames, decoding. One stream's state; not safe for several threads at once.
/// </summary>
public sealed class CropGenerator : IDisposable
{
    private const int SamplesPerFrame = LogMel.Hop * LogMel.FramesPerPicture;
    private readonly FadaModel _model;
    private readonly Identity _identity;
    private readonly WindowSampler _sampler;
    private readonly LogMel _mel = new();
    private readonly Generator _noise;
    private readonly float[] _context;
    private readonly Tensor _pictureWindow;
    private readonly Tensor _latentWindow;
    private Tensor _motion;

    /// <param name="seed">Of the noise: the same seed and speech give the same frames.</param>
    public CropGenerator(FadaModel model, Identity identity, ulong seed)
    {
        (_model, _identity) = (model, identity);
        _sampler = new WindowSampler(model);
        _noise = new Generator(seed);
        _context = new float[SpeechFeatures.ContextSamples(model.Config)];
        _pictureWindow = FaceWindow.Create(model.Config.Vae.Side).DetachFromDisposeScope();
        _latentWindow = FaceWindow.Create(model.Config.Vae.LatentSide).DetachFromDisposeScope();
        _motion = identity.Latent.expand(model.Config.Denoiser.MotionFrames, -1, -1, -1).clone().DetachFromDisposeScope();
    }

    /// <summary>Starts a turn: silence before it, and the given motion frames (M, 8, 16, 16).</summary>
    public void Begin(Tensor motion)
    {
        Array.Clear(_context);
        _motion.Dispose();
        _motion = motion.clone().DetachFromDisposeScope();
    }

    /// <param name="speech">(count + look-ahead) x 640 samples from the first new frame on, -1..1.</param>
    public CropWindow Next(ReadOnlySpan<float> speech, int count, int steps, GuidanceScales scales)
    {
        var ahead = _model.Config.Audio.LookAhead * SamplesPerFrame;
        if (count < 1 || speech.Length != count * SamplesPerFrame + ahead)
            throw new ArgumentException($"{speech.Length} samples for {count} frames and {ahead} samples of look-ahead", nameof(speech));
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var samples = new float[_context.Length + speech.Length];
        _context.CopyTo(samples, 0);
        speech.CopyTo(samples.AsSpan(_context.Length));
        var features = Tracing.Stage("avatar.features");
        var (audio, code) = SpeechFeatures.Of(_model, _mel, tensor(samples), count);
        features?.Dispose();
        using var inference = Tracing.Stage("avatar.inference");
        var side = _model.Config.Vae.LatentSide;
        var noise = randn([1, count, _model.Config.Vae.LatentChannels, side, side], generator: _noise);
        var latents = _sampler.Sample(_identity, _sampler.MotionFeatures(_motion), audio, code, noise, steps, scales);
        latents = _identity.Latent + (latents - _identity.Latent) * _latentWindow;
        var painting = _model.Decoder.call(latents.to(_model.Precision).ChannelsLast(), _identity.DecoderFeatures.expand(count, -1, -1, -1)).Within(_pictureWindow);
        // The context ends where the next window begins.
        samples.AsSpan(samples.Length - ahead - _context.Length, _context.Length).CopyTo(_context);
        Remember(latents);
        return new CropWindow(latents.MoveToOuterDisposeScope(), painting.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        _motion.Dispose();
        _pictureWindow.Dispose();
        _latentWindow.Dispose();
        _noise.Dispose();
        _mel.Dispose();
    }

    private void Remember(Tensor latents)
    {
        var joined = cat([_motion, latents]);
        var last = joined.narrow(0, joined.shape[0] - _motion.shape[0], _motion.shape[0]).clone().DetachFromDisposeScope();
        _motion.Dispose();
        _motion = last;
    }
}
