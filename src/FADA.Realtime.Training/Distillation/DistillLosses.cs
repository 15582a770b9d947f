namespace FADA.Realtime.Training.Distillation;

/// <summary>The weight of every term of the hybrid supervision; 0 switches a term off.</summary>
public sealed record DistillLosses
{
    /// <summary>Distance to the teacher's guided steps, in velocity.</summary>
    public double Distill { get; init; } = 1;

    /// <summary>Distance to the velocity of the real latents, at scales of 1.</summary>
    public double Truth { get; init; } = 1;

    /// <summary>Absolute difference of the decoded mouths of predicted and real latents.</summary>
    public double Pixel { get; init; } = 0.5;

    /// <summary>Hinge loss against a discriminator on the latents of the mouth.</summary>
    public double Adversarial { get; init; } = 0.02;

    /// <summary>Distance of picture and sound in the sync expert's space.</summary>
    public double Sync { get; init; } = 0.1;

    /// <summary>Distance of the lip shapes that the lip reader reads from predicted and real latents.</summary>
    public double Lips { get; init; }

    /// <summary>Weights of the lips stage.</summary>
    public string LipReader { get; init; } = ".runs/lips/lips.safetensors";

    /// <summary>Weights of the sync stage.</summary>
    public string SyncExpert { get; init; } = ".runs/sync/sync.safetensors";

    /// <summary>Trust the truth where the teacher is off; false: <see cref="TruthShare"/> everywhere.</summary>
    public bool Adaptive { get; init; } = true;
    public double TruthShare { get; init; } = 0.3;
}
