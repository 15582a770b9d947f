namespace FADA.Realtime.Model.Audio;

/// <summary>Size of the streaming audio encoder.</summary>
public sealed record AudioEncoderConfig
{
    public int Width { get; init; } = 160;

    /// <summary>Dilations of the residual blocks at 25 Hz, kernel 3, causal.</summary>
    public int[] Dilations { get; init; } = [1, 2, 4, 1, 2, 4];

    /// <summary>Dropout in the residual blocks; training only.</summary>
    public double Dropout { get; init; } = 0.15;

    /// <summary>Pictures of speech that a feature sees beyond its own picture.</summary>
    public int LookAhead { get; init; } = 2;

    /// <summary>Phoneme-group classes of the pretraining head.</summary>
    public int Visemes { get; init; } = 14;

    /// <summary>Numbers in the lip code head: inner opening, width, jaw drop, outer height.</summary>
    public int LipCode { get; init; } = 4;

    /// <summary>Earlier pictures that can still influence a feature: context a stream must keep to equal the whole.</summary>
    public int LeftContext => Dilations.Sum(d => 2 * d) + 1;
}
