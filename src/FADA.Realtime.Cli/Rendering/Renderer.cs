using System.Diagnostics;
using System.Security.Cryptography;
using FADA.Realtime.Cli.Output;
using FADA.Realtime.Media.Files;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Streaming;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.Streaming.Offline;

namespace FADA.Realtime.Cli.Rendering;

/// <summary>Joins file reader, offline renderer and MP4 writer; memory does not grow with the length.</summary>
internal static class Renderer
{
    public static async Task<RenderFigures> RunAsync(AvatarCatalog catalog, RenderRequest request, IProgressDisplay display, CancellationToken cancellation)
    {
        if (!File.Exists(request.Audio))
            throw new CliException($"The sound file {request.Audio} does not exist.");
        var runtime = TorchRuntime.Initialize();
        using var animator = await CreateAnimatorAsync(catalog, request, cancellation);
        var style = new SamplingStyle(catalog.Model.Config).With(request.Style);
        var clock = Stopwatch.StartNew();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var frames = 0L;
        await using (var file = await Mp4Writer.CreateAsync(request.Output, new Mp4WriterOptions { Width = animator.Width, Height = animator.Height }, cancellation))
        {
            var speech = AudioFileReader.ReadAsync(request.Audio, cancel: cancellation);
            await foreach (var frame in OfflineRenderer.RenderAsync(animator, speech, cancellation))
            {
                hash.AppendData(frame.Picture.Data);
                await file.WriteFrameAsync(frame.Picture.Data, cancellation);
                await file.WriteAudioAsync(frame.Speech, cancellation);
                // The length is not known before the end: the bar counts frames.
                display.Report(++frames, 0);
            }
            await file.CompleteAsync(cancellation);
        }
        var (seconds, wall) = (frames / (double)SpeechClock.FramesPerSecond, clock.Elapsed.TotalSeconds);
        return new RenderFigures(frames, SpeechClock.FramesPerSecond, seconds, animator.Width, animator.Height, style.Steps, style.Evaluations,
            catalog.Model.Config.Name, request.Device.Name, request.Device.PrecisionName, runtime.Threads, wall, seconds / wall, PeakMemory.ReadMebibytes(),
            Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task<IStyledAnimator> CreateAnimatorAsync(AvatarCatalog catalog, RenderRequest request, CancellationToken cancellation)
    {
        var isFile = File.Exists(request.Avatar) || request.Avatar.Contains('.', StringComparison.Ordinal) || request.Avatar.Contains('/', StringComparison.Ordinal);
        return isFile
            ? catalog.CreateAnimator(await PortraitFile.ReadAsync(request.Avatar, cancellation), request.Style)
            : catalog.CreateAnimator(request.Avatar, request.Style);
    }
}
