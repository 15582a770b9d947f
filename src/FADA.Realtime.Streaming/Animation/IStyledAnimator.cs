namespace FADA.Realtime.Streaming.Animation;

/// <summary>An animator whose style can be changed while it speaks.</summary>
public interface IStyledAnimator : IFaceAnimator
{
    /// <summary>Steps and scales in force: those of the next window.</summary>
    SamplingStyle Style { get; }

    /// <summary>
    /// Takes effect at the next window; null values keep what is in force, the seed is not changed. May be called from
    /// any thread, also while <see cref="IFaceAnimator.Animate"/> runs.
    /// </summary>
    void Restyle(AnimatorOptions options);
}
