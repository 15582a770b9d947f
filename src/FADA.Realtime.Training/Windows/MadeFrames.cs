using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Clips;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Windows;

/// <summary>
/// Latents that a finished model makes of training clips, beside the frames they stand for: what a decoder will see in
/// use. The model is told the lip code of the video, so that both show the same moment.
/// </summary>
internal sealed class MadeFrames : IDisposable
{
    private const int Window = 4;
    private const double MostAudioScale = 1.5;
    private readonly FadaModel _model;
    private readonly WindowData _data;
    private readonly WindowSampling _sampling;
    private readonly Tensor _window;
    private readonly int _seed;

    /// <param name="seed">Of the latent cache's looks.</param>
    public MadeFrames(string model, WindowOptions options, ClipStore clips, LatentCache latents, AudioCache audio, int seed)
    {
        _model = FadaModel.Load(model, ScalarType.BFloat16);
        _data = new WindowData(options with { TrueLipCode = 1, MotionNoise = 0, FreshLooks = 0 }, clips, latents, audio, _model.Config.Denoiser.MotionFrames);
        _sampling = new WindowSampling(_model.Denoiser, new WindowConditions(_model.Reference, _model.Denoiser, _model.Config.Latents), _model.Config.Steps);
        _window = FaceWindow.Create(_model.Config.Vae.LatentSide).DetachFromDisposeScope();
        _seed = seed;
    }

    /// <param name="count">Frames, a multiple of 4.</param>
    /// <returns>Latents (N, 8, 16, 16), and the frames and references (N, 3, 256, 256) as their looks show them.</returns>
    public (Tensor Latents, Tensor Target, Tensor Reference) Draw(Random dice, int count)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = _data.Draw(dice, count / Window, Window);
        var scales = batch.Places.Select(_ => new GuidanceScales(1, (float)(1 + dice.NextDouble() * (MostAudioScale - 1)))).ToList();
        var made = _sampling.Sample(batch, ConditionDrop.None(scales.Count), scales);
        var reference = batch.Reference.unsqueeze(1);
        var latents = reference + (_model.Config.Latents.FromData(made, reference) - reference) * _window;
        var pictures = batch.Places.Select(Pictures).ToList();
        return (
            latents.flatten(0, 1).MoveToOuterDisposeScope(),
            cat(pictures.Select(p => p.narrow(0, 1, Window)).ToArray()).MoveToOuterDisposeScope(),
            cat(pictures.Select(p => p.narrow(0, 0, 1).expand(Window, -1, -1, -1)).ToArray()).MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        _model.Dispose();
        _data.Dispose();
        _window.Dispose();
    }

    // The reference, then the window's frames.
    private Tensor Pictures(WindowPlace place)
    {
        int[] frames = [place.Reference, .. Enumerable.Range(place.Start, Window)];
        var pictures = FrameBatch.Load(frames.Select(f => (place.Clip, f)).ToList());
        return LatentCache.LookOf(place.Clip, place.Look, _seed)?.Apply(pictures, place.Clip, frames) ?? pictures;
    }
}
