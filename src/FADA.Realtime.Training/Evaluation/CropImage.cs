using FADA.Realtime.Faces.Images;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Evaluation;

/// <summary>Crops as pictures for the face networks.</summary>
internal static class CropImage
{
    /// <param name="crop">(3, H, W), -1..1.</param>
    public static RgbImage Of(Tensor crop)
    {
        using var scope = NewDisposeScope();
        var bytes = ((crop.permute(1, 2, 0).clamp(-1, 1) + 1) * 127.5 + 0.5).to(ScalarType.Byte).contiguous();
        return new RgbImage((int)bytes.shape[1], (int)bytes.shape[0], bytes.bytes.ToArray());
    }
}
