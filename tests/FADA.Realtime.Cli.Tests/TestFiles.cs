using System.Buffers.Binary;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Cli.Tests;

/// <summary>A folder of files for one test, good and bad ones; gone afterwards.</summary>
internal sealed class TestFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fada-cli-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>The portrait of the avatar that ships with the product.</summary>
    public static string DefaultPortrait => Path.Combine(ProductModels, "avatars", "default", "portrait.png");

    public static string ProductModels
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                if (Path.Combine(folder.FullName, "models") is var models && File.Exists(Path.Combine(models, "fada-tiny.safetensors")))
                    return models;
            throw new DirectoryNotFoundException("The shipped model is missing: models/fada-tiny.safetensors.");
        }
    }

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    /// <summary>Speech-like sound: tones that come and go, 8 or 16 bits.</summary>
    public string Wav(string name, double seconds, int rate = 16_000, int channels = 1, int bits = 16)
    {
        var frames = (int)(seconds * rate);
        var data = new byte[44 + frames * channels * bits / 8];
        "RIFF"u8.CopyTo(data);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4), data.Length - 8);
        "WAVEfmt "u8.CopyTo(data.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(28), rate * channels * bits / 8);
        BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(32), (short)(channels * bits / 8));
        BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(34), (short)bits);
        "data"u8.CopyTo(data.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(40), data.Length - 44);
        for (var i = 0; i < frames * channels; i++)
        {
            var t = (double)(i / channels) / rate;
            var sample = 0.4 * Math.Sin(2 * Math.PI * 180 * t) * (0.5 + 0.5 * Math.Sin(2 * Math.PI * 4 * t));
            if (bits == 8)
                data[44 + i] = (byte)(128 + 127 * sample);
            else
                BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(44 + i * 2), (short)(32_767 * sample));
        }

        return Write(name, data);
    }

    /// <summary>A soft gradient: a picture of nobody.</summary>
    public string Picture(string name, int width, int height)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < image.Data.Length; i++)
            image.Data[i] = (byte)(80 + i / 3 % width * 90 / width);
        PortraitImage.SavePng(image, PathOf(name));
        return PathOf(name);
    }

    /// <summary>The default avatar beside itself.</summary>
    public string TwoFaces(string name)
    {
        var one = PortraitImage.Load(DefaultPortrait);
        var two = new RgbImage(one.Width * 2, one.Height);
        for (var y = 0; y < one.Height; y++)
        {
            var row = one.Data.AsSpan(y * one.Width * 3, one.Width * 3);
            row.CopyTo(two.Data.AsSpan(y * two.Width * 3));
            row.CopyTo(two.Data.AsSpan(y * two.Width * 3 + row.Length));
        }

        PortraitImage.SavePng(two, PathOf(name));
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
