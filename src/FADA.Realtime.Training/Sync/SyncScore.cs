using FADA.Realtime.Model.Audio;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Sync;

/// <summary>
/// Own-sync distance and confidence, after SyncNet: distances of picture and sound vectors over shifts of the sound,
/// averaged over the clip. Distance is the smallest, confidence how far the median lies above it.
/// </summary>
public sealed record SyncScore(double Distance, double Confidence, int Offset)
{
    private const int Reach = 15;

    /// <param name="data">(T, K, 16, 16): differences from the reference, in diffusion units.</param>
    /// <param name="reference">(1, K, 16, 16), normalised.</param>
    /// <param name="speech">16 kHz, 640 samples a picture.</param>
    /// <returns>Null where the clip is too short to be shifted.</returns>
    public static SyncScore? Of(SyncExpert expert, LogMel mel, Tensor data, Tensor reference, ReadOnlySpan<short> speech)
    {
        using var scope = NewDisposeScope();
        var frames = (int)data.shape[0];
        var count = frames - SyncExpert.Frames + 1;
        var reach = Math.Min(Reach, (count - 1) / 3);
        if (reach < 2)
            return null;
        var pictures = expert.Picture(data.unfold(0, SyncExpert.Frames, 1).permute(0, 4, 1, 2, 3), reference.expand(count, -1, -1, -1));
        var spectrum = MelCache.Spectrum(mel, speech, frames);
        var sounds = expert.Sound(stack(Enumerable.Range(0, count).Select(t => MelCache.Cut(spectrum, t)).ToArray()));
        var distances = Enumerable.Range(-reach, 2 * reach + 1).Select(shift =>
        {
            var (first, length) = (Math.Max(0, -shift), count - Math.Abs(shift));
            return (double)(pictures.narrow(0, first, length) - sounds.narrow(0, first + shift, length)).norm(1).mean().item<float>();
        }).ToArray();
        var least = Array.IndexOf(distances, distances.Min());
        return new SyncScore(distances[least], distances.Order().ElementAt(distances.Length / 2) - distances[least], least - reach);
    }
}
