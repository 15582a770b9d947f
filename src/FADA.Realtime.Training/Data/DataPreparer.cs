using System.Collections.Concurrent;
using System.Text.Json;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Model.Runtime;

namespace FADA.Realtime.Training.Data;

/// <summary>
/// Turns a corpus of talking-face clips into a cache of stabilised crops, landmarks and sound in step. A clip that
/// cannot be used is named with its reason and skipped. A second run keeps what the first one made.
/// </summary>
public sealed class DataPreparer(DataPreparerOptions options, TimeProvider? time = null)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Prepares all clips of the wanted licences and writes manifest.json.</summary>
    /// <exception cref="DataException">The corpus cannot be read, no clip fits, or ffmpeg is missing.</exception>
    /// <exception cref="FADA.Realtime.Faces.FaceModelException">A face network is missing.</exception>
    public async Task<PreparationReport> Run(IProgress<PreparationProgress>? progress = null, CancellationToken cancellation = default)
    {
        var start = _time.GetTimestamp();
        TorchRuntime.Initialize();
        var clips = Select(CorpusManifest.Read(options.Input));
        var splits = DataSplits.Assign(clips, options);
        if (options.Limit > 0)
            clips = [.. clips.Take(options.Limit)];
        using var finder = new FaceFinder();
        var preparer = new ClipPreparer(finder, options);
        var cached = new ConcurrentDictionary<string, CachedClip>();
        var problems = new ConcurrentDictionary<string, string>();
        var done = 0;
        await Parallel.ForEachAsync(clips, new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellation }, async (clip, stop) =>
        {
            try
            {
                cached[clip.Path] = await One(preparer, clip, splits[clip.Path], stop);
            }
            catch (Exception e) when (e is DataException or IOException)
            {
                problems[clip.Path] = e.Message;
            }
            progress?.Report(new PreparationProgress(Interlocked.Increment(ref done), clips.Count, clip.Path, problems.GetValueOrDefault(clip.Path)));
        });
        var report = Finish(clips, splits, cached, problems) with { Seconds = _time.GetElapsedTime(start).TotalSeconds };
        Directory.CreateDirectory(options.Output);
        await File.WriteAllTextAsync(Path.Combine(options.Output, "manifest.json"), JsonSerializer.Serialize(report, Json), cancellation);
        return report;
    }

    private List<ClipInfo> Select(IReadOnlyList<ClipInfo> all)
    {
        var clips = all.Where(c => options.Licences.Contains(c.LicenceClass)
            && (options.Only.Count == 0 || options.Only.Any(o => c.Path.StartsWith(o, StringComparison.Ordinal)))).ToList();
        if (clips.Count == 0)
            throw new DataException($"{options.Input} has no clip of the licences {string.Join(", ", options.Licences)}.");
        var twice = clips.GroupBy(c => ClipCache.PathOf("", c)).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? clips : throw new DataException($"The clips {string.Join(" and ", twice.Select(c => c.Path))} would share the cache file {twice.Key}.");
    }

    private async Task<CachedClip> One(ClipPreparer preparer, ClipInfo clip, string split, CancellationToken cancellation)
    {
        var path = ClipCache.PathOf(options.Output, clip);
        if (ClipCache.Read(path, clip) is { } before)
            return before;
        var source = Path.Combine(options.Input, clip.Path);
        if (!File.Exists(source))
            throw new DataException("the file is missing");
        ClipCache.Write(path, clip, split, await preparer.Prepare(source, cancellation));
        return ClipCache.Read(path, clip)!;
    }

    private PreparationReport Finish(
        List<ClipInfo> clips, IReadOnlyDictionary<string, string> splits,
        ConcurrentDictionary<string, CachedClip> cached, ConcurrentDictionary<string, string> problems)
    {
        var used = clips.Where(c => cached.ContainsKey(c.Path)).Select(c => cached[c.Path]).ToList();
        var offsets = used.Count > 0 ? OffsetEstimator.Estimate(used) : [];
        for (var i = 0; i < used.Count; i++)
            if (used[i].OffsetMs != offsets[i].AppliedMs || used[i].Split != splits[used[i].Info.Path])
                ClipCache.Rewrite(ClipCache.PathOf(options.Output, used[i].Info), used[i], splits[used[i].Info.Path], offsets[i].AppliedMs);
        var entries = used.Select((c, i) => new PreparedEntry
        {
            Clip = c.Info.Path,
            Speaker = c.Info.Speaker,
            LicenceClass = c.Info.LicenceClass,
            Path = ClipCache.PathOf("", c.Info),
            Split = splits[c.Info.Path],
            Frames = c.Opening.Length,
            OffsetMs = offsets[i].AppliedMs,
            MeasuredOffsetMs = offsets[i].MeasuredMs,
            PeakCorrelation = offsets[i].Peak,
            OffsetConfidence = offsets[i].Confidence,
        }).Concat(clips.Where(c => problems.ContainsKey(c.Path)).Select(c => new PreparedEntry
        {
            Clip = c.Path,
            Speaker = c.Speaker,
            LicenceClass = c.LicenceClass,
            Skipped = problems[c.Path],
        }));
        return new PreparationReport
        {
            CropSize = FaceCrop.Size,
            Fps = ClipDecoder.FrameRate,
            SampleRate = ClipDecoder.SampleRate,
            Used = used.Count,
            Skipped = problems.Count,
            Frames = used.Sum(c => c.Opening.Length),
            OffsetsCorrected = offsets.Count(o => o.AppliedMs != 0),
            Clips = [.. entries],
        };
    }
}
