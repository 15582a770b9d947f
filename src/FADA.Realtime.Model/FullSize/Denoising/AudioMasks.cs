using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>
/// Where each of the three audio attentions may act: whole picture (pose), face and lips, one mask (rows * frames, tokens)
/// per resolution, finest first, values 0 to 1.
/// </summary>
internal sealed record AudioMasks(IReadOnlyList<Tensor> Pose, IReadOnlyList<Tensor> Face, IReadOnlyList<Tensor> Lips);
