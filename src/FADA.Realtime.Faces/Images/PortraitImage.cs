using System.Runtime.InteropServices;
using SkiaSharp;

namespace FADA.Realtime.Faces.Images;

/// <summary>Reads portraits: PNG, JPEG or WebP, turned upright by their EXIF orientation, limits checked before decoding.</summary>
public static class PortraitImage
{
    /// <summary>40 megapixels: what a large camera makes; 160 MB while decoding.</summary>
    public const long MaxPixels = 40_000_000;

    public const int MaxSide = 8192;

    /// <summary>Largest file read into memory.</summary>
    public const long MaxBytes = 64L << 20;

    /// <exception cref="PortraitException">The picture is unreadable or too large.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static RgbImage Load(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new FileNotFoundException($"The picture {path} does not exist.", path);
        if (file.Length > MaxBytes)
            throw new PortraitException(PortraitError.TooLarge, $"{file.Name} has {file.Length >> 20} MB; at most {MaxBytes >> 20} MB are accepted.");
        return Decode(File.ReadAllBytes(path), file.Name);
    }

    /// <param name="bytes">The file's content.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <exception cref="PortraitException">The picture is unreadable or too large.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes, string name = "the picture")
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp))
            throw new PortraitException(PortraitError.Unreadable, $"{name} is not a PNG, JPEG or WebP picture.");
        var size = codec.Info.Size;
        if (size.Width > MaxSide || size.Height > MaxSide || (long)size.Width * size.Height > MaxPixels)
            throw new PortraitException(PortraitError.TooLarge,
                $"{name} has {size.Width} x {size.Height} pixels; at most {MaxPixels / 1_000_000} megapixels and {MaxSide} pixels a side are accepted.");
        using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, SKColorSpace.CreateSrgb()));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
            throw new PortraitException(PortraitError.Unreadable, $"{name} is damaged: {result}.");
        return Upright(bitmap.GetPixelSpan(), size.Width, size.Height, codec.EncodedOrigin);
    }

    /// <summary>Writes PNG (for tests, sheets and previews).</summary>
    public static void SavePng(RgbImage image, string path)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = 0xff000000u | (uint)(image.Data[3 * i] | image.Data[3 * i + 1] << 8 | image.Data[3 * i + 2] << 16);
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var file = File.Create(path);
        encoded.SaveTo(file);
    }

    // Transparent pixels are laid on white, as a page would show them.
    private static RgbImage Upright(ReadOnlySpan<byte> rgba, int width, int height, SKEncodedOrigin origin)
    {
        var swap = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var image = swap ? new RgbImage(height, width) : new RgbImage(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (u, v) = origin switch
                {
                    SKEncodedOrigin.TopRight => (width - 1 - x, y),
                    SKEncodedOrigin.BottomRight => (width - 1 - x, height - 1 - y),
                    SKEncodedOrigin.BottomLeft => (x, height - 1 - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (height - 1 - y, x),
                    SKEncodedOrigin.RightBottom => (height - 1 - y, width - 1 - x),
                    SKEncodedOrigin.LeftBottom => (y, width - 1 - x),
                    _ => (x, y),
                };
                var from = rgba.Slice(4 * (y * width + x), 4);
                var to = image.Data.AsSpan(3 * (v * image.Width + u), 3);
                for (var c = 0; c < 3; c++)
                    to[c] = (byte)((from[c] * from[3] + 255 * (255 - from[3]) + 127) / 255);
            }
        return image;
    }
}
