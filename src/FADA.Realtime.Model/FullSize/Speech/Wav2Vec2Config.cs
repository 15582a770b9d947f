namespace FADA.Realtime.Model.FullSize.Speech;

/// <summary>Geometry of a wav2vec 2.0 encoder; the defaults are those of wav2vec2-base-960h.</summary>
public sealed record Wav2Vec2Config
{
    public int ConvChannels { get; init; } = 512;
    public IReadOnlyList<int> ConvKernels { get; init; } = [10, 3, 3, 3, 3, 2, 2];
    public IReadOnlyList<int> ConvStrides { get; init; } = [5, 2, 2, 2, 2, 2, 2];
    public int Width { get; init; } = 768;
    public int Layers { get; init; } = 12;
    public int Heads { get; init; } = 12;
    public int FeedForwardWidth { get; init; } = 3072;
    public int PositionKernel { get; init; } = 128;
    public int PositionGroups { get; init; } = 16;
}
