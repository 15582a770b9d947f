using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Windows;

/// <summary>Draws batches of windows from noise, as sessions would, with networks that may be in training.</summary>
internal sealed class WindowSampling(Denoiser denoiser, WindowConditions conditions, int steps)
{
    private readonly NoiseSchedule _schedule = new();
    private readonly int[] _grid = NoiseSchedule.Trailing(steps);

    /// <returns>(B, F, 8, 16, 16), differences from the reference.</returns>
    public Tensor Sample(WindowBatch batch, ConditionDrop drop, IReadOnlyList<GuidanceScales> scales)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var condition = conditions.Of(batch, drop);
        var x = randn_like(batch.Latents);
        for (var i = 0; i < _grid.Length; i++)
        {
            int[] Everywhere(int time) => Enumerable.Repeat(time, scales.Count).ToArray();
            var velocity = GuidedVelocity.Of(denoiser, x, tensor(Everywhere(_grid[i])), condition, scales);
            x = Ddim.Step(x, velocity, _schedule.Of(Everywhere(_grid[i])), _schedule.Of(Everywhere(i + 1 < _grid.Length ? _grid[i + 1] : -1)));
        }
        return x.MoveToOuterDisposeScope();
    }
}
