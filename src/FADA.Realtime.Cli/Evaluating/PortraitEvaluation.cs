using FADA.Realtime.Cli.Output;
using FADA.Realtime.Media.Files;
using FADA.Realtime.Training.Evaluation;

namespace FADA.Realtime.Cli.Evaluating;

/// <summary>The portraits of `fada eval --avatars`: each speaks one of the sounds.</summary>
internal static class PortraitEvaluation
{
    private const int Samples = 16_000 * 4;
    private static readonly string[] _pictures = [".png", ".jpg", ".jpeg", ".webp"];

    /// <param name="speech">Sound file or folder of them; null for <paramref name="own"/>.</param>
    /// <param name="sheets">Folder for contact sheets; null for none.</param>
    public static async Task<PortraitReport> RunAsync(
        EvaluationTools tools, Contestant contestant, DirectoryInfo portraits, FileSystemInfo? speech, short[] own, string? sheets, CancellationToken cancellation)
    {
        if (!portraits.Exists)
            throw new CliException($"The folder {portraits.FullName} does not exist.");
        var files = portraits.GetFiles().Where(f => _pictures.Contains(f.Extension.ToLowerInvariant())).Select(f => f.FullName).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            throw new CliException($"The folder {portraits.FullName} holds no PNG, JPEG or WebP picture.");
        var sounds = speech is null ? [own] : await ReadAsync(speech, cancellation);
        var judge = new PortraitJudge(tools, contestant);
        if (sheets is not null)
            Directory.CreateDirectory(sheets);
        var rows = await Progress.RunAsync("portraits", display => Task.Run(() => files.Select((file, i) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var score = judge.Judge(file, sounds[i % sounds.Count], sheets is null ? null : Path.Combine(sheets, $"portrait-{Path.GetFileNameWithoutExtension(file)}.png"));
            display.Report(i + 1, files.Count);
            return score;
        }).ToList(), cancellation));
        return new PortraitReport(rows.Count, rows.Count(r => r.Ok), rows);
    }

    private static async Task<List<short[]>> ReadAsync(FileSystemInfo speech, CancellationToken cancellation)
    {
        string[] files = Directory.Exists(speech.FullName)
            ? [.. Directory.GetFiles(speech.FullName).Where(f => Path.GetExtension(f) is not (".csv" or ".md" or ".txt" or ".json")).Order(StringComparer.Ordinal)]
            : [speech.FullName];
        var sounds = new List<short[]>();
        foreach (var file in files)
        {
            var samples = new List<short>();
            await foreach (var chunk in AudioFileReader.ReadAsync(file, cancel: cancellation))
            {
                samples.AddRange(chunk.Span);
                if (samples.Count >= Samples)
                    break;
            }
            sounds.Add([.. samples]);
        }
        return sounds.Count > 0 ? sounds : throw new CliException($"The folder {speech.FullName} holds no sound file.");
    }
}
