using static TorchSharp.torch;

namespace FADA.Realtime.Training.Windows;

/// <summary>One batch of windows: clean latents, the reference, the motion frames, and what is heard.</summary>
/// <param name="Latents">(B, F, 8, 16, 16), as the autoencoder gives them.</param>
/// <param name="Reference">(B, 8, 16, 16)</param>
/// <param name="Motion">(B, M, 8, 16, 16)</param>
/// <param name="Audio">(B, F, A, W)</param>
/// <param name="LipCode">(B, F, 4)</param>
internal sealed record WindowBatch(Tensor Latents, Tensor Reference, Tensor Motion, Tensor Audio, Tensor LipCode)
{
    /// <summary>Where each window is from.</summary>
    public required IReadOnlyList<WindowPlace> Places { get; init; }

    /// <summary>Some frames of each window; reference and motion frames stay.</summary>
    public WindowBatch Part(int start, int frames) => this with
    {
        Latents = Latents.narrow(1, start, frames),
        Audio = Audio.narrow(1, start, frames),
        LipCode = LipCode.narrow(1, start, frames),
        Places = Places.Select(p => p with { Start = p.Start + start }).ToList(),
    };
}
