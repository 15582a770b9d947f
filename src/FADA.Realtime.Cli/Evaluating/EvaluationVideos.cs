using FADA.Realtime.Faces.Images;
using FADA.Realtime.Media.Files;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.Training.Clips;
using static TorchSharp.torch;

namespace FADA.Realtime.Cli.Evaluating;

/// <summary>Side-by-side videos of the rows of the first clips, in a folder beside the page.</summary>
/// <param name="folder">Made when the first video is written.</param>
/// <param name="most">Clips that get a video.</param>
internal sealed class EvaluationVideos(string folder, int most)
{
    private readonly List<(string Clip, string File, string Rows)> _written = [];

    /// <summary>Clip, file relative to the page, and the rows from left to right.</summary>
    public IReadOnlyList<(string Clip, string File, string Rows)> Written => _written;

    /// <summary>Writes real video and all generated rows beside each other, with the clip's sound.</summary>
    public void Add(Clip clip, IReadOnlyList<(string Name, Tensor Crops)> seen)
    {
        if (_written.Count >= most)
            return;
        Directory.CreateDirectory(folder);
        var name = Path.ChangeExtension(clip.Name.Replace('/', '_'), ".mp4");
        WriteAsync(Path.Combine(folder, name), clip, seen.Select(s => s.Crops).ToList()).GetAwaiter().GetResult();
        _written.Add((clip.Name, $"{Path.GetFileName(folder)}/{name}", string.Join(" · ", seen.Select(s => s.Name))));
    }

    private static async Task WriteAsync(string path, Clip clip, List<Tensor> rows)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var frames = rows[0].shape[0];
        await using var writer = await Mp4Writer.CreateAsync(path, new Mp4WriterOptions { Width = Clip.Side * rows.Count, Height = Clip.Side }, patience.Token);
        for (var f = 0L; f < frames; f++)
            await writer.WriteFrameAsync(I420.FromRgb(Beside(rows, f)), patience.Token);
        await writer.WriteAudioAsync(clip.Audio.AsMemory(0, (int)Math.Min(clip.Audio.Length, frames * 640)), patience.Token);
        await writer.CompleteAsync(patience.Token);
    }

    private static RgbImage Beside(List<Tensor> rows, long frame)
    {
        using var scope = NewDisposeScope();
        var joined = cat(rows.Select(r => r[frame]).ToArray(), 2);
        var bytes = ((joined.permute(1, 2, 0).clamp(-1, 1) + 1) * 127.5 + 0.5).to(ScalarType.Byte).contiguous();
        return new RgbImage((int)bytes.shape[1], (int)bytes.shape[0], bytes.bytes.ToArray());
    }
}
