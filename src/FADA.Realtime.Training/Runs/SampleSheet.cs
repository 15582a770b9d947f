using SkiaSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Runs;

/// <summary>Pictures beside each other in one PNG, for a person's eyes.</summary>
public static class SampleSheet
{
    /// <param name="rows">Each (N, 3, H, W), -1..1; all of one size.</param>
    public static void Write(string path, params Tensor[] rows)
    {
        using var scope = NewDisposeScope();
        var sheet = cat(rows.Select(r => cat(r.unbind(0).ToArray(), 2)).ToArray(), 1);          // (3, rows H, N W)
        var bytes = ((sheet.permute(1, 2, 0).clamp(-1, 1) + 1) * 127.5).to(ScalarType.Byte).contiguous();
        var (height, width) = ((int)bytes.shape[0], (int)bytes.shape[1]);
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var source = bytes.data<byte>().ToArray();
        var target = bitmap.GetPixelSpan();
        for (var i = 0; i < width * height; i++)
        {
            source.AsSpan(i * 3, 3).CopyTo(target[(i * 4)..]);
            target[i * 4 + 3] = 255;
        }
        using var file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 90);
    }
}
