using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;

namespace FADA.Realtime.Streaming.Animation;

/// <summary>Steps and guidance of a window; begins with what the checkpoint recommends.</summary>
/// <param name="Control">How the network is told the scales.</param>
public sealed record SamplingStyle(int Steps, GuidanceScales Scales, GuidanceControl Control = GuidanceControl.None)
{
    public SamplingStyle(FadaModelConfig config) : this(config.Steps, new GuidanceScales(config.ReferenceScale, config.AudioScale), config.Denoiser.Guidance)
    {
    }

    /// <summary>Network evaluations per window, which each new frame shares.</summary>
    public int Evaluations => Steps * GuidedVelocity.Runs(Control, Scales);

    /// <summary>This style as a wish that leaves nothing open.</summary>
    public AnimatorOptions AsOptions() => new() { Steps = Steps, ReferenceScale = Scales.Reference, AudioScale = Scales.Audio };

    /// <summary>This style with the values that are given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public SamplingStyle With(AnimatorOptions options)
    {
        if (options.Steps is < 1 or > AnimatorOptions.MaxSteps)
            throw new ArgumentOutOfRangeException(nameof(options), $"steps must be 1 to {AnimatorOptions.MaxSteps}, not {options.Steps}");
        foreach (var scale in new[] { options.ReferenceScale, options.AudioScale })
        {
            if (scale is { } s && !(s >= 0 && s <= AnimatorOptions.MaxScale))
                throw new ArgumentOutOfRangeException(nameof(options), $"a guidance scale must be 0 to {AnimatorOptions.MaxScale}, not {s}");
        }
        return new SamplingStyle(options.Steps ?? Steps,
            new GuidanceScales(options.ReferenceScale ?? Scales.Reference, options.AudioScale ?? Scales.Audio), Control);
    }
}
