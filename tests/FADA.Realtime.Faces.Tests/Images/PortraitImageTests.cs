using System.Buffers.Binary;
using FADA.Realtime.Faces.Images;
using SkiaSharp;

namespace FADA.Realtime.Faces.Tests.Images;

public class PortraitImageTests
{
    [Fact]
    public void Load_TextFileNamedPng_IsUnreadable()
    {
        var path = Path.Combine(Path.GetTempPath(), $"fada-{Guid.NewGuid():N}.png");
        File.WriteAllText(path, "I am no picture.");
        try
        {
            Assert.Equal(PortraitError.Unreadable, Assert.Throws<PortraitException>(() => PortraitImage.Load(path)).Reason);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(20_000, 20_000)]
    [InlineData(9_000, 10)]
    [InlineData(8_000, 8_000)]
    public void Decode_TooManyPixelsInTheHeader_IsTooLargeBeforeDecoding(int width, int height) =>
        // There is no pixel data behind this header: decoding first would report damage instead.
        Assert.Equal(PortraitError.TooLarge, Assert.Throws<PortraitException>(() => PortraitImage.Decode(PngHeader(width, height))).Reason);

    [Fact]
    public void Decode_PngCutShort_IsUnreadable()
    {
        var whole = Encode(64, 64, SKEncodedImageFormat.Png);
        Assert.Equal(PortraitError.Unreadable, Assert.Throws<PortraitException>(() => PortraitImage.Decode(whole.AsSpan(0, whole.Length / 2))).Reason);
    }

    [Fact]
    public void Decode_JpegWithExifOrientation_IsTurnedUpright()
    {
        // Arrange: orientation 6 says that the stored picture must be turned a quarter clockwise.
        var jpeg = Encode(64, 32, SKEncodedImageFormat.Jpeg);
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "II"u8, 42, 0, 8, 0, 0, 0,
            1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
        ];

        // Act
        var image = PortraitImage.Decode([.. jpeg[..2], .. exif, .. jpeg[2..]]);

        // Assert: the white left half is now the top half.
        Assert.Equal((32, 64), (image.Width, image.Height));
        Assert.InRange(image.Data[3 * (10 * 32 + 16)], 200, 255);
        Assert.InRange(image.Data[3 * (54 * 32 + 16)], 0, 55);
    }

    // White left half, black right half.
    private static byte[] Encode(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Black);
            canvas.DrawRect(0, 0, width / 2, height, new SKPaint { Color = SKColors.White });
        }
        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    private static byte[] PngHeader(int width, int height)
    {
        byte[] chunk = [.. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(8), height);
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(chunk));
        // An empty IDAT follows, so that the decoder sees the end of the header.
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. chunk, .. sum, 0, 0, 0, 0, .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E];
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
        }
        return ~crc;
    }
}
