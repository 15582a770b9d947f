namespace FADA.Realtime.Model.Vae;

/// <summary>Size of the image autoencoder: 256x256 crops to 16x16 latents (f16).</summary>
public sealed record VaeConfig
{
    public int Side { get; init; } = 256;
    public int LatentChannels { get; init; } = 8;

    /// <summary>Channels at 64x64, 32x32 and 16x16 of the encoder.</summary>
    public int[] EncoderChannels { get; init; } = [64, 96, 128];

    /// <summary>Channels at 16x16, 32x32 and 64x64 of the decoder.</summary>
    public int[] DecoderChannels { get; init; } = [128, 96, 48];

    /// <summary>Channels of the reference picture's features at 64x64.</summary>
    public int ReferenceChannels { get; init; } = 24;

    /// <summary>Whether the decoder also moves the reference's own pixels, so that lips keep their texture; false in checkpoints before it could.</summary>
    public bool Warp { get; init; }

    public int LatentSide => Side / 16;
}
