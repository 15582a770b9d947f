using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Windows;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Distillation;

/// <summary>The frozen model that is distilled: takes several of its guided steps for each of the student's.</summary>
internal sealed class GuidedTeacher(FadaModel model, int steps, int studentSteps)
{
    private readonly NoiseSchedule _schedule = new();
    private readonly int[] _grid = NoiseSchedule.Trailing(steps);
    private readonly int _each = steps / studentSteps;
    private readonly WindowConditions _conditions = new(model.Reference, model.Denoiser, model.Config.Latents);

    /// <summary>The time step of the student's step <paramref name="index"/>.</summary>
    public int TimeOf(int index) => index < _grid.Length / _each ? _grid[index * _each] : -1;

    /// <param name="noisy">(B, F, 8, 16, 16) at the student's steps <paramref name="indices"/>.</param>
    /// <returns>The velocity with which one student step lands where the teacher's steps do, and the teacher's first velocity.</returns>
    public (Tensor Target, Tensor First) Velocity(WindowBatch batch, ConditionDrop drop, Tensor noisy, IReadOnlyList<int> indices, IReadOnlyList<GuidanceScales> scales)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var condition = _conditions.Of(batch, drop);
        var x = noisy;
        Tensor? first = null;
        for (var k = 0; k < _each; k++)
        {
            var from = indices.Select(i => _grid[i * _each + k]).ToArray();
            var to = indices.Select(i => i * _each + k + 1 < _grid.Length ? _grid[i * _each + k + 1] : -1).ToArray();
            var velocity = GuidedVelocity.Of(model.Denoiser, x, tensor(from), condition, scales);
            first ??= velocity;
            x = Ddim.Step(x, velocity, _schedule.Of(from), _schedule.Of(to));
        }
        var target = Ddim.VelocityTo(noisy, x, _schedule.Of(indices.Select(TimeOf).ToArray()), _schedule.Of(indices.Select(i => TimeOf(i + 1)).ToArray()));
        return (target.MoveToOuterDisposeScope(), first!.MoveToOuterDisposeScope());
    }
}
