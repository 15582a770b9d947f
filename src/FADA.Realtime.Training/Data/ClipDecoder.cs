using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Training.Data;

/// <summary>
/// Decodes one clip with the ffmpeg executable: pictures at 25 per second through a pipe, one at a time, and the sound
/// as 16 kHz mono. Both start at the clip's time zero, so their offset is the clip's own.
/// </summary>
public sealed class ClipDecoder : IDisposable
{
    public const int SampleRate = 16_000;
    public const int FrameRate = 25;
    private const int MaxSide = 4096;

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly string _soundFile;

    private ClipDecoder(Process process, string soundFile)
    {
        (_process, _soundFile) = (process, soundFile);
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <exception cref="DataException">ffmpeg is not installed.</exception>
    public static ClipDecoder Open(string path, TimeSpan longest)
    {
        var sound = Path.Combine(Path.GetTempPath(), $"fada-{Guid.NewGuid():N}.s16");
        var seconds = longest.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            "-nostdin", "-v", "error", "-threads", "1", "-i", path,
            "-map", "0:v:0", "-vf", $"fps={FrameRate}:start_time=0", "-t", seconds, "-c:v", "ppm", "-f", "image2pipe", "pipe:1",
            "-map", "0:a:0", "-af", $"aresample={SampleRate}:async=1:first_pts=0", "-t", seconds, "-ac", "1", "-f", "s16le", "-y", sound,
        })
            start.ArgumentList.Add(argument);
        try
        {
            return new ClipDecoder(Process.Start(start)!, sound);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new DataException("ffmpeg could not be started: install the Debian package ffmpeg.", e);
        }
    }

    /// <summary>The pictures in order. Read them all before <see cref="Sound"/>.</summary>
    /// <exception cref="DataException">ffmpeg failed; the message holds its last words.</exception>
    public async IAsyncEnumerable<RgbImage> Frames([EnumeratorCancellation] CancellationToken cancellation)
    {
        var pipe = new BufferedStream(_process.StandardOutput.BaseStream, 1 << 20);
        while (await Header(pipe, cancellation) is { } size)
        {
            var image = new RgbImage(size.Width, size.Height);
            await pipe.ReadExactlyAsync(image.Data, cancellation);
            yield return image;
        }
        await _process.WaitForExitAsync(cancellation);
        if (_process.ExitCode != 0)
            throw new DataException($"ffmpeg failed: {(await _errors).Trim().Split('\n')[^1]}");
    }

    /// <summary>The whole sound, once the pictures are read.</summary>
    public short[] Sound() => MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(_soundFile)).ToArray();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
        File.Delete(_soundFile);
    }

    // "P6\n360 288\n255\n"
    private static async Task<(int Width, int Height)?> Header(Stream pipe, CancellationToken cancellation)
    {
        var numbers = new int[3];
        var one = new byte[1];
        if (await pipe.ReadAsync(one, cancellation) == 0)
            return null;
        await pipe.ReadExactlyAsync(one, cancellation); // "6"
        await pipe.ReadExactlyAsync(one, cancellation); // white space
        for (var i = 0; i < 3; i++)
            while (true)
            {
                await pipe.ReadExactlyAsync(one, cancellation);
                if (one[0] is < (byte)'0' or > (byte)'9')
                    break;
                numbers[i] = Math.Min(10 * numbers[i] + one[0] - '0', 1 << 20);
            }
        if (numbers[0] is < 1 or > MaxSide || numbers[1] is < 1 or > MaxSide || numbers[2] != 255)
            throw new DataException($"the pictures are {numbers[0]} x {numbers[1]}; sides from 1 to {MaxSide} are accepted");
        return (numbers[0], numbers[1]);
    }
}
