using System.Globalization;
using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Training.Sync;

/// <summary>
/// Says how well 0.2 s of mouth and of sound belong together, like SyncNet (Chung and Zisserman 2016), but small, on
/// latents, and trained here: two encoders whose unit vectors are close where sound and picture are of one moment.
/// </summary>
public sealed class SyncExpert : Module
{
    /// <summary>Pictures a judgement sees.</summary>
    public const int Frames = 5;

    /// <summary>Mel frames a judgement hears: those of its pictures and one picture more on either side.</summary>
    public const int MelFrames = (Frames + 2) * LogMel.FramesPerPicture;
    private const int Width = 128;

    // Rows 8 to 15 and columns 4 to 11 of the 16x16 latent hold mouth and chin.
    private const int Top = 8, Left = 4, Side = 8;
    private readonly Sequential picture, sound;
    private readonly Linear picture_out, sound_out;

    /// <param name="channels">Of the latents.</param>
    public SyncExpert(int channels) : base(nameof(SyncExpert))
    {
        picture = Sequential(
            Conv2d((Frames + 1) * channels, 64, 3, padding: 1), SiLU(),
            Conv2d(64, 96, 3, stride: 2, padding: 1), SiLU(),
            Conv2d(96, 128, 3, stride: 2, padding: 1), SiLU(), Dropout(0.1));
        sound = Sequential(
            Conv1d(LogMel.Bands, 96, 5L, padding: 2L), SiLU(),
            Conv1d(96, 128, 4L, stride: 2L, padding: 1L), SiLU(),
            Conv1d(128, 128, 4L, stride: 2L, padding: 1L), SiLU(), Dropout(0.1));
        picture_out = Linear(128 * 4, Width);
        sound_out = Linear(128 * MelFrames / 4, Width);
        RegisterComponents();
    }

    /// <param name="data">(N, 5, K, 16, 16): differences from the reference, in diffusion units.</param>
    /// <param name="reference">(N, K, 16, 16), normalised.</param>
    /// <returns>(N, 128) of unit length.</returns>
    public Tensor Picture(Tensor data, Tensor reference)
    {
        using var scope = NewDisposeScope();
        var n = data.shape[0];
        var all = cat([data.reshape(n, -1, data.shape[3], data.shape[4]), reference], 1);
        var mouth = all[TensorIndex.Ellipsis, TensorIndex.Slice(Top, Top + Side), TensorIndex.Slice(Left, Left + Side)];
        return functional.normalize(picture_out.call(picture.call(mouth).flatten(1))).MoveToOuterDisposeScope();
    }

    /// <param name="mel">(N, 28, 80)</param>
    /// <returns>(N, 128) of unit length.</returns>
    public Tensor Sound(Tensor mel)
    {
        using var scope = NewDisposeScope();
        return functional.normalize(sound_out.call(sound.call(mel.transpose(1, 2)).flatten(1))).MoveToOuterDisposeScope();
    }

    /// <summary>Loads the export of the sync stage, ready to judge.</summary>
    /// <exception cref="WeightsException">The file is missing, damaged, or of another network.</exception>
    public static SyncExpert Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        using var _ = no_grad();
        if (!file.Metadata.TryGetValue("channels", out var text) || !int.TryParse(text, CultureInfo.InvariantCulture, out var channels) || channels is < 1 or > 64)
            throw new WeightsException($"{path} is not a sync expert.");
        var expert = new SyncExpert(channels);
        WeightsLoader.Load(expert, file, "");
        expert.eval();
        foreach (var parameter in expert.parameters())
            parameter.requires_grad = false;
        return expert;
    }
}
