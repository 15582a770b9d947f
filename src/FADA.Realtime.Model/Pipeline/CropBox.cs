using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>A part of a picture, in pixels.</summary>
public readonly record struct CropBox(int X, int Y, int Width, int Height)
{
    public int Area => Width * Height;

    /// <summary>That part of (…, H, W), without a copy.</summary>
    public Tensor Of(Tensor pictures) => pictures.narrow(-2, Y, Height).narrow(-1, X, Width);
}
