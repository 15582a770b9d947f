using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>Reads the widths of a net.pth. Heads and norm groups leave no trace in it and are the published ones.</summary>
internal static class HalloShapes
{
    /// <summary>Frames of speech around each picture.</summary>
    public const int WindowFrames = 5;

    public static HalloConfig Read(ICheckpoint source)
    {
        var full = new HalloConfig();
        int Axis(string key, int axis, int byDefault) => CheckpointShapes.Axis(source, key, axis, byDefault);
        var imageWidth = Axis("imageproj.norm.weight", 0, full.ImageWidth);
        var audioWidth = Axis("audioproj.norm.weight", 0, full.AudioWidth);
        return full with
        {
            BlockChannels = CheckpointShapes.Blocks(source, "denoising_unet.", full.BlockChannels, full.Groups),
            ImageWidth = imageWidth,
            ImageTokens = Math.Max(1, Axis("imageproj.proj.weight", 0, full.ImageTokens * imageWidth) / imageWidth),
            FaceEmbedding = Axis("imageproj.proj.weight", 1, full.FaceEmbedding),
            FaceLocatorChannels = full.FaceLocatorChannels.Select((c, i) => Axis(i == 0 ? "face_locator.conv_in.weight" : $"face_locator.blocks.{2 * i - 1}.weight", 0, c)).ToList(),
            AudioWidth = audioWidth,
            AudioTokens = Math.Max(1, Axis("audioproj.proj3.weight", 0, full.AudioTokens * audioWidth) / audioWidth),
            AudioHidden = Axis("audioproj.proj1.weight", 0, full.AudioHidden),
            SpeechFeatures = Axis("audioproj.proj1.weight", 1, full.SpeechFeatures),
            MotionPositions = Axis("denoising_unet.down_blocks.0.motion_modules.0.temporal_transformer.transformer_blocks.0.attention_blocks.0.pos_encoder.pe", 1, full.MotionPositions),
        };
    }
}
