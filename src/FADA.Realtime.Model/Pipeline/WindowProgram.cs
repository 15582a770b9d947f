using FADA.Realtime.Model.Backend;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Model.Vae;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>
/// All that the networks do for one window, as a function of tensors, so that a backend can capture it: audio encoder,
/// features of the motion frames, denoising, decoder. Whatever belongs to a session or a window is an input; besides
/// there is only the model.
/// </summary>
internal sealed class WindowProgram(FadaModel model, int frames, int steps, GuidanceScales scales)
{
    private const int FirstKey = 6;
    private readonly int _conditions = GuidedVelocity.Conditions(model.Denoiser.Config.Guidance, [scales]);

    /// <param name="mel">(1, 4 T, 80), see <see cref="SpeechFeatures.Of"/>.</param>
    /// <param name="motion">(M, 8, 16, 16) latents of the frames before the window.</param>
    /// <param name="noise">(1, F, 8, 16, 16)</param>
    /// <returns>The window, in the caller's dispose scope.</returns>
    public CropWindow Run(Tensor mel, Tensor motion, Tensor noise, Identity identity)
    {
        var told = GuidedVelocity.Told(model.Denoiser.Config.Guidance, [scales], model.Device);
        var made = model.Backend.Run(
            new GraphKey(1, frames, steps, _conditions), [mel, motion, noise, told, identity.Latent, identity.DecoderFeatures, .. identity.Keys], Body);
        return new CropWindow(made[0], new Painting(made[1], made[2], made.Count > 3 ? made[3] : null));
    }

    // Only from its inputs and the model: a graph that holds this is replayed for other sessions.
    private IReadOnlyList<Tensor> Body(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (mel, motion, noise, told, reference, features) = (inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], inputs[5]);
        var sampler = new WindowSampler(model);
        // A captured graph has no stages: its replay is one call.
        var stage = Tracing.Stage("avatar.features");
        var (audio, code) = SpeechFeatures.Of(model, mel, frames);
        stage?.Dispose();
        using var inference = Tracing.Stage("avatar.inference");
        var condition = new DenoiserCondition
        {
            Reference = [.. inputs.Skip(FirstKey)],
            Motion = sampler.MotionFeatures(motion),
            Audio = audio,
            LipCode = code,
        };
        var latents = sampler.Sample(reference, noise, condition, steps, told, _conditions);              // (F, 8, 16, 16)
        latents = reference + (latents - reference) * model.LatentWindow;
        var painting = model.Decoder.call(latents.to(model.Precision).ChannelsLast(), features.expand(frames, -1, -1, -1)).Within(model.PictureWindow);
        painting.MoveToOuterDisposeScope();
        latents.MoveToOuterDisposeScope();
        return painting.Flow is { } flow ? [latents, painting.Picture, painting.Mask, flow] : [latents, painting.Picture, painting.Mask];
    }
}
