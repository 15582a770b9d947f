namespace FADA.Realtime.Media.Audio;

/// <summary>
/// A Kaiser-windowed sinc, sampled finely; between samples it is interpolated linearly (J. O. Smith, "Digital Audio
/// Resampling", https://ccrma.stanford.edu/~jos/resample/). One small table serves every ratio of rates.
/// </summary>
internal static class SincTable
{
    /// <summary>Zero crossings on each side: the filter's length in input samples, when nothing is cut off.</summary>
    public const int ZeroCrossings = 24;

    private const int Resolution = 512;

    /// <summary>Kaiser parameter for about 90 dB.</summary>
    private const double Beta = 9.0;

    private static readonly float[] Values = Make();

    /// <summary>The windowed sinc at a distance from its centre, in zero crossings; 0 beyond the last.</summary>
    public static float At(double distance)
    {
        var position = Math.Abs(distance) * Resolution;
        var index = (int)position;
        if (index >= ZeroCrossings * Resolution)
            return 0;
        var fraction = (float)(position - index);
        return Values[index] + (Values[index + 1] - Values[index]) * fraction;
    }

    private static float[] Make()
    {
        var values = new float[ZeroCrossings * Resolution + 1];
        for (var i = 0; i < values.Length; i++)
        {
            var x = (double)i / Resolution;
            var ratio = x / ZeroCrossings;
            var window = Bessel(Beta * Math.Sqrt(Math.Max(0, 1 - ratio * ratio))) / Bessel(Beta);
            values[i] = (float)(i == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x) * window);
        }
        return values;
    }

    /// <summary>Modified Bessel function of the first kind, order 0.</summary>
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
