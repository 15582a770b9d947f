using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>Videos (R, C, F, H, W) as batches of frames (R F, C, H, W), row by row, and back.</summary>
internal static class Video
{
    public static Tensor ToFrames(Tensor video) => video.transpose(1, 2).flatten(0, 1);

    public static Tensor FromFrames(Tensor frames, long count) => frames.unflatten(0, [-1, count]).transpose(1, 2).contiguous();
}
