using FADA.Realtime.Model.FullSize.EchoMimic;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>Reads the widths of EchoMimic's files. Heads and norm groups leave no trace in them and are the published ones.</summary>
internal static class EchoMimicShapes
{
    public static EchoMimicConfig Read(ICheckpoint source)
    {
        var full = new EchoMimicConfig();
        int Axis(string key, int axis, int byDefault) => CheckpointShapes.Axis(source, key, axis, byDefault);
        return full with
        {
            BlockChannels = CheckpointShapes.Blocks(source, "denoising_unet.", full.BlockChannels, full.Groups),
            AudioWidth = Axis("denoising_unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight", 1, full.AudioWidth),
            FaceLocatorChannels = full.FaceLocatorChannels.Select((c, i) => Axis(i == 0 ? "face_locator.conv_in.weight" : $"face_locator.blocks.{2 * i - 1}.weight", 0, c)).ToList(),
            MotionPositions = Axis("denoising_unet.down_blocks.0.motion_modules.0.temporal_transformer.transformer_blocks.0.attention_blocks.0.pos_encoder.pe", 1, full.MotionPositions),
        };
    }
}
