using System.Text.Json.Serialization;
using FADA.Realtime.Model.FullSize.Denoising;

namespace FADA.Realtime.Model.FullSize.Hallo;

/// <summary>Geometry of Hallo (Xu et al. 2024); the defaults are those of the published net.pth.</summary>
public sealed record HalloConfig
{
    public IReadOnlyList<int> BlockChannels { get; init; } = [320, 640, 1280, 1280];
    public int Layers { get; init; } = 2;
    public int Heads { get; init; } = 8;
    public int Groups { get; init; } = 32;

    /// <summary>Width of the image tokens, and how many there are.</summary>
    public int ImageWidth { get; init; } = 768;
    public int ImageTokens { get; init; } = 4;

    /// <summary>Width of the face-recognition embedding.</summary>
    public int FaceEmbedding { get; init; } = 512;
    public IReadOnlyList<int> FaceLocatorChannels { get; init; } = [16, 32, 64, 128];

    /// <summary>Width of the audio tokens, and how many there are for each frame.</summary>
    public int AudioWidth { get; init; } = 768;
    public int AudioTokens { get; init; } = 32;
    public int AudioHidden { get; init; } = 512;

    /// <summary>Features of one window of speech: 5 frames x 12 layers x 768 channels of wav2vec2.</summary>
    public int SpeechFeatures { get; init; } = 5 * 12 * 768;
    public int MotionPositions { get; init; } = 32;
    public UNetQuirks Quirks { get; init; } = new();

    [JsonIgnore]
    public UNetConfig Reference => new()
    {
        BlockChannels = BlockChannels,
        Layers = Layers,
        Heads = Heads,
        Groups = Groups,
        ContextWidth = ImageWidth,
        HasOutput = false,
        Quirks = Quirks,
    };

    [JsonIgnore]
    public UNetConfig Denoiser => Reference with { AudioWidth = AudioWidth, MotionPositions = MotionPositions, HasOutput = true };
}
