using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Diffusion;
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
    private readonly LogMel _mel;
    private readonly Generator _noise;
    private readonly float[] _context;
    private Tensor _motion;

    /// <param name="seed">Of the noise: the same seed and speech give the same frames.</param>
    public CropGenerator(FadaModel model, Identity identity, ulong seed)
    {
        (_model, _identity) = (model, identity);
        _mel = new LogMel(model.Device);
        // Drawn on the CPU: the same seed is the same noise on every device.
        _noise = new Generator(seed, CPU);
        _context = new float[SpeechFeatures.ContextSamples(model.Config)];
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
        var side = _model.Config.Vae.LatentSide;
        var noise = randn([1, count, _model.Config.Vae.LatentChannels, side, side], device: CPU, generator: _noise).to(_model.Device);
        var mel = _mel.Forward(tensor(samples, device: _model.Device)).unsqueeze(0);
        var window = new WindowProgram(_model, count, steps, scales).Run(mel, _motion, noise, _identity);
        // The context ends where the next window begins.
        samples.AsSpan(samples.Length - ahead - _context.Length, _context.Length).CopyTo(_context);
        Remember(window.Latents);
        window.Painting.MoveToOuterDisposeScope();
        window.Latents.MoveToOuterDisposeScope();
        return window;
    }

    public void Dispose()
    {
        _motion.Dispose();
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
