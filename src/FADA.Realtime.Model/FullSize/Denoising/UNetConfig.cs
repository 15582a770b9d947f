namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>Geometry of a U-Net of the Stable Diffusion 1.5 family; the defaults are its full size.</summary>
public sealed record UNetConfig
{
    /// <summary>Groups of the motion modules' norms: fixed in the originals' code, whatever the other norms have.</summary>
    public const int MotionGroups = 32;

    /// <summary>Channels of each resolution, finest first.</summary>
    public IReadOnlyList<int> BlockChannels { get; init; } = [320, 640, 1280, 1280];

    /// <summary>Layers in each block on the way down; one more on the way up.</summary>
    public int Layers { get; init; } = 2;
    public int Heads { get; init; } = 8;
    public int Groups { get; init; } = 32;
    public int LatentChannels { get; init; } = 4;

    /// <summary>Width of what attn2 of the spatial transformers reads: image tokens (Hallo) or audio tokens (EchoMimic); 0 without attn2.</summary>
    public int ContextWidth { get; init; } = 768;

    /// <summary>Factor on what attn2 reads. EchoMimic hears three times as loud as it was trained.</summary>
    public float ContextGain { get; init; } = 1;

    /// <summary>Width of the audio tokens that the audio modules read; 0 without audio modules.</summary>
    public int AudioWidth { get; init; }

    /// <summary>Longest window of the motion modules, motion frames included; 0 without motion modules.</summary>
    public int MotionPositions { get; init; }

    /// <summary>Whether there is an output layer; a ReferenceNet has none.</summary>
    public bool HasOutput { get; init; } = true;
    public UNetQuirks Quirks { get; init; } = new();
}
