namespace FADA.Realtime.Media.Tests.Support;

/// <summary>I420 pictures whose content tells which one they are.</summary>
internal static class TestPictures
{
    /// <summary>One colour all over.</summary>
    public static byte[] Solid(int width, int height, byte y, byte u, byte v)
    {
        var data = new byte[width * height * 3 / 2];
        data.AsSpan(0, width * height).Fill(y);
        data.AsSpan(width * height, width * height / 4).Fill(u);
        data.AsSpan(width * height * 5 / 4).Fill(v);
        return data;
    }

    /// <summary>A moving pattern with the sort of motion and detail a talking head has.</summary>
    public static byte[] Moving(int width, int height, int index)
    {
        var data = Solid(width, height, 90, 110, 150);
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var wave = Math.Sin((column + index * 2) * 0.07) + Math.Sin((row - index) * 0.05);
                var inMouth = Math.Abs(column - width / 2) < width / 8 && Math.Abs(row - height * 2 / 3) < height / 16 + index % 10;
                data[row * width + column] = (byte)(110 + 25 * wave + (inMouth ? 50 : 0));
            }
        }
        return data;
    }

    /// <summary>Different noise in a quarter of every picture: as many bits as the encoder will spend, yet one scene.</summary>
    public static byte[] Noise(int width, int height, int index)
    {
        var data = Solid(width, height, 128, 128, 128);
        var random = new Random(index);
        for (var row = 0; row < height / 2; row++)
        {
            for (var column = 0; column < width / 2; column++)
                data[row * width + column] = (byte)random.Next(64, 192);
        }
        return data;
    }

    /// <summary>Mean of the Y plane's middle.</summary>
    public static double MeanLuma(ReadOnlySpan<byte> i420, int width, int height)
    {
        long sum = 0;
        for (var row = height / 4; row < height * 3 / 4; row++)
        {
            for (var column = width / 4; column < width * 3 / 4; column++)
                sum += i420[row * width + column];
        }
        return sum / (height / 2.0 * (width / 2.0));
    }

    /// <summary>Mean of the U and of the V plane.</summary>
    public static (double U, double V) MeanChroma(ReadOnlySpan<byte> i420, int width, int height)
    {
        var plane = width * height / 4;
        return (Mean(i420.Slice(width * height, plane)), Mean(i420.Slice(width * height + plane, plane)));
    }

    private static double Mean(ReadOnlySpan<byte> values)
    {
        long sum = 0;
        foreach (var value in values)
            sum += value;
        return (double)sum / values.Length;
    }
}
