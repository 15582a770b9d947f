using static TorchSharp.torch;

namespace FADA.Realtime.Training.Clips;

/// <summary>Frames of clips as tensors.</summary>
public static class FrameBatch
{
    /// <summary>(N, 3, 256, 256), -1..1, fp32.</summary>
    public static Tensor Load(IReadOnlyList<(Clip Clip, int Frame)> frames)
    {
        using var scope = NewDisposeScope();
        const int Side = Clip.Side;
        var bytes = new byte[frames.Count * Side * Side * 3];
        for (var i = 0; i < frames.Count; i++)
            frames[i].Clip.Frame(frames[i].Frame).CopyTo(bytes.AsSpan(i * Side * Side * 3));
        var pictures = tensor(bytes, [frames.Count, Side, Side, 3]).to(ScalarType.Float32);
        return (pictures.permute(0, 3, 1, 2) / 127.5 - 1).MoveToOuterDisposeScope();
    }
}
