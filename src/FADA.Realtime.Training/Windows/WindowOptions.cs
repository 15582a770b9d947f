namespace FADA.Realtime.Training.Windows;

/// <summary>How windows of frames are drawn from the prepared clips.</summary>
public record WindowOptions
{
    public string Clips { get; init; } = ".data/av";
    public string Latents { get; init; } = ".data/latents";

    /// <summary>Weights of the autoencoder stage, for latents that are missing.</summary>
    public string Vae { get; init; } = ".runs/vae/vae.safetensors";

    /// <summary>Weights of the audio stage.</summary>
    public string Audio { get; init; } = ".runs/audio/audio.safetensors";

    /// <summary>Looks of each clip in the latent cache, but for the main speaker: as filmed, and augmented ones.</summary>
    public int Looks { get; init; } = 12;

    /// <summary>Share of windows that show somebody made up on the spot instead of a cached look: slower, and never the same twice.</summary>
    public double FreshLooks { get; init; }

    /// <summary>Frames in a batch; windows of 2, 4 and 8 share it.</summary>
    public int Frames { get; init; } = 32;
    public double MainShare { get; init; } = 0.4;

    /// <summary>Share of windows without motion frames.</summary>
    public double MotionDrop { get; init; } = 0.15;

    /// <summary>Share of windows whose motion frames are the reference itself, as at the start of a turn.</summary>
    public double MotionAsReference { get; init; } = 0.15;

    /// <summary>Noise on the motion frames' latents, against drift.</summary>
    public double MotionNoise { get; init; } = 0.25;

    /// <summary>Share of samples told the lip code of the video instead of the one predicted from the audio.</summary>
    public double TrueLipCode { get; init; } = 0.5;
}
