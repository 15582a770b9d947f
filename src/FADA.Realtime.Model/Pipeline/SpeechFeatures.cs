using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Layers;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>
/// Audio features and lip codes of a run of pictures, with the windows each frame sees. Computed from speech with
/// enough left context, so a stream gives the same numbers as the whole recording.
/// </summary>
public static class SpeechFeatures
{
    /// <summary>Samples before the first picture that make a stream equal to the whole.</summary>
    public static int ContextSamples(FadaModelConfig config) =>
        (config.Audio.LeftContext + config.Denoiser.AudioWindow - 1) * 640 + LogMel.LeftContext;

    /// <param name="mel">(1, 4 T, 80) of <see cref="ContextSamples"/> + (n + LookAhead) 640 samples.</param>
    /// <returns>Audio (1, n, A, W) and lip code (1, n, 4), already times the model's lip gain.</returns>
    public static (Tensor Audio, Tensor LipCode) Of(FadaModel model, Tensor mel, int frames)
    {
        using var scope = NewDisposeScope();
        var features = model.Audio.call(mel);                                                  // (1, L + A - 1 + n, W)
        var window = model.Config.Denoiser.AudioWindow;
        features = features.narrow(1, features.shape[1] - frames - window + 1, frames + window - 1);
        var audio = Window(features, window);
        var code = model.Audio.LipCode(features.narrow(1, window - 1, frames)).mul(Constants.Of(model.Config.LipGain));
        return (audio.MoveToOuterDisposeScope(), code.MoveToOuterDisposeScope());
    }

    /// <summary>(B, A - 1 + n, W) to (B, n, A, W): each frame with the features of the pictures before it.</summary>
    public static Tensor Window(Tensor features, int window) =>
        features.unfold(1, window, 1).transpose(2, 3).contiguous();
}
