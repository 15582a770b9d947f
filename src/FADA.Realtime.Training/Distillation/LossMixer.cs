using static TorchSharp.torch;

namespace FADA.Realtime.Training.Distillation;

/// <summary>How much each sample's target is the truth instead of the teacher.</summary>
internal static class LossMixer
{
    private const double Least = 0.1, Most = 0.9;

    /// <summary>
    /// w = clamp(d_T / (d_T + d_S)): where the unguided teacher is further from the truth than the student, the truth
    /// counts more (our reading of FADA's "adaptive loss mixer"). No gradient flows through it.
    /// </summary>
    /// <param name="teacher">(B) squared error of the unguided teacher.</param>
    /// <param name="student">(B) squared error of the student at scales of 1.</param>
    public static Tensor Adaptive(Tensor teacher, Tensor student)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return (teacher / (teacher + student + 1e-8)).clamp(Least, Most).detach().MoveToOuterDisposeScope();
    }
}
