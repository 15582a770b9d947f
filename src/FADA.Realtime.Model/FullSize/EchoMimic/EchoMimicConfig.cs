using System.Text.Json.Serialization;
using FADA.Realtime.Model.FullSize.Denoising;

namespace FADA.Realtime.Model.FullSize.EchoMimic;

/// <summary>Geometry of EchoMimic (Chen et al. 2024); the defaults are those of the published files.</summary>
public sealed record EchoMimicConfig
{
    public IReadOnlyList<int> BlockChannels { get; init; } = [320, 640, 1280, 1280];
    public int Layers { get; init; } = 2;
    public int Heads { get; init; } = 8;
    public int Groups { get; init; } = 32;

    /// <summary>Width of whisper-tiny's features, which attn2 reads directly.</summary>
    public int AudioWidth { get; init; } = 384;

    /// <summary>What the audio attention's output is multiplied with when sampling.</summary>
    public float AudioGain { get; init; } = 3;
    public IReadOnlyList<int> FaceLocatorChannels { get; init; } = [16, 32, 96, 256];
    public int MotionPositions { get; init; } = 32;

    /// <summary>The ReferenceNet has no attn2 at all.</summary>
    [JsonIgnore]
    public UNetConfig Reference => new()
    {
        BlockChannels = BlockChannels,
        Layers = Layers,
        Heads = Heads,
        Groups = Groups,
        ContextWidth = 0,
        HasOutput = false,
        Quirks = new UNetQuirks { TrainingBranch = false, TileReferenceFeatures = false, EmptyBankMotionFrames = 0 },
    };

    [JsonIgnore]
    public UNetConfig Denoiser => Reference with { ContextWidth = AudioWidth, ContextGain = AudioGain, MotionPositions = MotionPositions, HasOutput = true };
}
