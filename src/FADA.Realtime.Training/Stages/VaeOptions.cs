using FADA.Realtime.Model.Vae;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Windows;

namespace FADA.Realtime.Training.Stages;

/// <summary>Configuration of <c>fada train vae</c>.</summary>
public sealed record VaeOptions
{
    public string Clips { get; init; } = ".data/av";
    public int Batch { get; init; } = 8;
    public double MainShare { get; init; } = 0.35;

    /// <summary>Share of samples decoded without the reference, so that latents stay complete.</summary>
    public double ReferenceDrop { get; init; } = 0.15;
    public double KlWeight { get; init; } = 1e-4;
    public double GradientWeight { get; init; } = 1.0;
    public double MouthWeight { get; init; } = 3.0;

    /// <summary>Price of painting: what the reference's own pixels can show is not to be painted.</summary>
    public double PaintWeight { get; init; } = 0.002;

    /// <summary>Weight of the patch discriminator on mouth crops; 0 switches it off.</summary>
    public double AdversarialWeight { get; init; }

    /// <summary>A finished model; the decoder then also learns from what it makes. Needs <see cref="FreezeEncoder"/>.</summary>
    public string Model { get; init; } = "";

    /// <summary>Share of batches whose latents are made by the model.</summary>
    public double MadeShare { get; init; } = 0.6;

    /// <summary>How the model's windows are drawn.</summary>
    public WindowOptions Windows { get; init; } = new();

    /// <summary>Weight of the distance of lip shapes that a lip reader of pictures sees in target and picture; 0 switches it off.</summary>
    public double LipWeight { get; init; }

    /// <summary>Weights of the lips stage with pictures.</summary>
    public string LipReader { get; init; } = ".runs/lips-pictures/lips.safetensors";

    /// <summary>Train the decoder alone, so that latents computed earlier stay valid.</summary>
    public bool FreezeEncoder { get; init; }

    /// <summary>Show the reference outside the part of the face that speech moves, as the product does.</summary>
    public bool Window { get; init; }

    /// <summary>Weights to begin with; empty for random ones.</summary>
    public string Start { get; init; } = "";
    public VaeConfig Vae { get; init; } = new();
    public TrainingSchedule Schedule { get; init; } = new() { Steps = 3000, LearningRate = 5e-4, SampleEvery = 250 };
}
