namespace FADA.Realtime.Model.Denoising;

/// <summary>Size of the denoising U-Net and of its ReferenceNet twin.</summary>
public sealed record DenoiserConfig
{
    public int LatentChannels { get; init; } = 8;
    public int LatentSide { get; init; } = 16;

    /// <summary>Channels at 16x16, 8x8 and 4x4.</summary>
    public int[] Channels { get; init; } = [64, 128, 192];
    public int HeadWidth { get; init; } = 32;
    public int TimeWidth { get; init; } = 256;

    /// <summary>Width of the audio encoder's features.</summary>
    public int AudioFeatures { get; init; } = 160;

    /// <summary>Audio features a frame sees: of itself and of the pictures before it.</summary>
    public int AudioWindow { get; init; } = 3;

    /// <summary>Width of the tokens that cross-attention reads.</summary>
    public int AudioWidth { get; init; } = 128;
    public int LipCode { get; init; } = 4;

    /// <summary>Frames of the past that a window continues.</summary>
    public int MotionFrames { get; init; } = 2;

    /// <summary>How the guidance scales enter; tokens come as a control layer in every block.</summary>
    public GuidanceControl Guidance { get; init; }

    /// <summary>Tokens per condition. One alone would be a constant to attention: its softmax is 1.</summary>
    public int GuidanceTokens { get; init; } = 8;

    /// <summary>Longest window of new frames.</summary>
    public int MaxWindow { get; init; } = 16;
}
