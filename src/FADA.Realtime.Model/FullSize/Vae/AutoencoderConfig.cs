namespace FADA.Realtime.Model.FullSize.Vae;

/// <summary>Geometry of the KL autoencoder; the defaults are those of sd-vae-ft-mse.</summary>
public sealed record AutoencoderConfig
{
    public IReadOnlyList<int> BlockChannels { get; init; } = [128, 256, 512, 512];
    public int Layers { get; init; } = 2;
    public int LatentChannels { get; init; } = 4;
    public int Groups { get; init; } = 32;

    /// <summary>Brings latents to unit variance.</summary>
    public float ScalingFactor { get; init; } = 0.18215f;
}
