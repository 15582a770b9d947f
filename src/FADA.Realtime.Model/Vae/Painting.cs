using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Pipeline;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Vae;

/// <summary>What the decoder says about some pictures: how the reference's own pixels move, and what is painted over them.</summary>
/// <param name="Picture">(F, 3, 256, 256), -1..1: what is painted.</param>
/// <param name="Mask">(F, 1, 256, 256), 0..1: the share of it.</param>
/// <param name="Flow">(F, 2, 64, 64): where each pixel comes from, right and down, in half sides; null: nothing moves.</param>
public sealed record Painting(Tensor Picture, Tensor Mask, Tensor? Flow) : IDisposable
{
    private static readonly float[] Identity = [1, 0, 0, 0, 1, 0];

    /// <summary>Painting and motion inside a window only.</summary>
    /// <param name="window">(1, 1, 256, 256), 0..1.</param>
    public Painting Within(Tensor window)
    {
        using var scope = NewDisposeScope();
        var flow = Flow is null ? null : Flow * nn.functional.avg_pool2d(window, window.shape[3] / Flow.shape[3]);
        return new Painting(Picture, (Mask * window).MoveToOuterDisposeScope(), flow?.MoveToOuterDisposeScope());
    }

    /// <summary>The pictures as a viewer sees them: the reference where nothing moved.</summary>
    /// <param name="reference">(1 or F, 3, 256, 256), -1..1.</param>
    /// <param name="box">The part that is wanted; null: all.</param>
    public Tensor Over(Tensor reference, CropBox? box = null)
    {
        using var scope = NewDisposeScope();
        var part = box ?? new CropBox(0, 0, (int)reference.shape[3], (int)reference.shape[2]);
        var moved = Flow is null ? part.Of(reference) : Move(reference, Flow, part);
        return lerp(moved, part.Of(Picture), part.Of(Mask)).clamp_(Constants.Of(-1), Constants.Of(1)).MoveToOuterDisposeScope();
    }

    public Painting MoveToOuterDisposeScope()
    {
        Picture.MoveToOuterDisposeScope();
        Mask.MoveToOuterDisposeScope();
        Flow?.MoveToOuterDisposeScope();
        return this;
    }

    public void Dispose()
    {
        Picture.Dispose();
        Mask.Dispose();
        Flow?.Dispose();
    }

    private static Tensor Move(Tensor reference, Tensor flow, CropBox part)
    {
        var (count, side) = (flow.shape[0], reference.shape[3]);
        var plain = nn.functional.affine_grid(DeviceConstants.Of(Identity, flow.device).view(1, 2, 3), [1, 3, side, side], false);
        var offset = nn.functional.interpolate(flow, [side, side], mode: InterpolationMode.Bilinear, align_corners: false);
        var from = part.Of(plain.permute(0, 3, 1, 2) + offset).permute(0, 2, 3, 1);                 // (F, h, w, 2)
        return nn.functional.grid_sample(reference.expand(count, -1, -1, -1), from,
            padding_mode: GridSamplePaddingMode.Border, align_corners: false);
    }
}
