namespace FADA.Realtime.Streaming.Animation;

/// <summary>How an avatar speaks. A value that is null is left to the model.</summary>
public sealed record AnimatorOptions
{
    public const int MaxSteps = 50;
    public const float MaxScale = 10f;

    /// <summary>Sampler steps per window, 1 to <see cref="MaxSteps"/>.</summary>
    public int? Steps { get; init; }

    /// <summary>Guidance towards the portrait, 0 to <see cref="MaxScale"/>.</summary>
    public float? ReferenceScale { get; init; }

    /// <summary>Guidance towards the speech, 0 to <see cref="MaxScale"/>.</summary>
    public float? AudioScale { get; init; }

    /// <summary>Of the noise: the same seed, speech and machine give the same frames.</summary>
    public ulong Seed { get; init; } = 1;
}
