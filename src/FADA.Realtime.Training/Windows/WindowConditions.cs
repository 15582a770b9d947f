using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Pipeline;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Windows;

/// <summary>What a denoiser in training is told about a batch; gradients reach its ReferenceNet.</summary>
internal sealed class WindowConditions(ReferenceNet reference, Denoiser denoiser, LatentStatistics statistics)
{
    private const float Hidden = -1e4f;

    public DenoiserCondition Of(WindowBatch batch, ConditionDrop drop)
    {
        var (b, m) = (batch.Motion.shape[0], batch.Motion.shape[1]);
        var portrait = statistics.Normalise(batch.Reference);                                       // (B, 8, 16, 16)
        var motion = statistics.Normalise(batch.Motion).view(b * m, -1, portrait.shape[2], portrait.shape[3]);
        var bank = reference.call(cat([portrait, motion]).to(ScalarType.BFloat16));                 // per layer (B + B M, T, C)
        Tensor Bias(float[] keep) => tensor(keep.Select(k => k == 0 ? Hidden : 0).ToArray(), [b, 1, 1]).to(ScalarType.BFloat16);
        return new DenoiserCondition
        {
            ReferenceLatent = portrait * tensor(drop.Reference, [b, 1, 1, 1]),
            Reference = denoiser.ReferenceKeys(bank.Select(t => t.narrow(0, 0, b)).ToList()),
            ReferenceBias = Bias(drop.Reference),
            Motion = bank.Select(t => t.narrow(0, b, b * m).view(b, m, t.shape[1], t.shape[2])).ToList(),
            MotionBias = Bias(drop.Motion),
            Audio = batch.Audio,
            LipCode = batch.LipCode,
            AudioKeep = tensor(drop.Audio, [b, 1, 1]),
        };
    }
}
