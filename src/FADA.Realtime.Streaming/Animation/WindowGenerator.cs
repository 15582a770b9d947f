using System.Runtime.InteropServices;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Runtime;
using static TorchSharp.torch;

namespace FADA.Realtime.Streaming.Animation;

/// <summary>From speech to composed frames, window by window. One stream's state; not safe for several threads at once.</summary>
public sealed class WindowGenerator : IDisposable
{
    private readonly PreparedAvatar _avatar;
    private readonly CropGenerator _crops;
    private readonly CropBox _box;

    /// <param name="seed">Of the noise: the same seed and speech give the same frames.</param>
    public WindowGenerator(PreparedAvatar avatar, ulong seed)
    {
        _avatar = avatar;
        _box = avatar.Compositor.Box;
        _crops = new CropGenerator(avatar.Model, avatar.Identity, seed);
    }

    /// <summary>Starts a turn: silence before it, and the given motion frames (M, 8, 16, 16).</summary>
    public void Begin(Tensor motion) => _crops.Begin(motion);

    /// <param name="speech">(frames.Length + look-ahead) x 640 samples from the first new frame on.</param>
    /// <param name="frames">Filled with the composed pictures.</param>
    /// <returns>The window's latents (F, 8, 16, 16).</returns>
    public Tensor Next(ReadOnlySpan<float> speech, ReadOnlySpan<VideoFrame> frames, SamplingStyle style)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var window = _crops.Next(speech, frames.Length, style.Steps, style.Scales);
        using var compose = Tracing.Stage("avatar.compose");
        var change = window.Over(_avatar.ReferenceCrop, _box).sub_(_box.Of(_avatar.ReferenceCrop));   // (F, 3, h, w)
        var yuv = change.permute(0, 2, 3, 1).matmul(_avatar.ToYuv);                           // (F, h, w, 3)
        using var planes = _avatar.Model.Backend.Host.ToHost(yuv.permute(0, 3, 1, 2));       // (F, 3, h, w)
        for (var i = 0; i < frames.Length; i++)
            _avatar.Compositor.Compose(MemoryMarshal.Cast<byte, float>(planes.Tensor[i].bytes), frames[i]);
        return window.Latents.MoveToOuterDisposeScope();
    }

    public void Dispose() => _crops.Dispose();
}
