using System.Runtime.CompilerServices;
using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Playout;
using FADA.Realtime.Streaming.Speech;
using FADA.Realtime.Streaming.Telemetry;
using FADA.Realtime.Streaming.Windows;

namespace FADA.Realtime.Streaming.Offline;

/// <summary>
/// Renders speech of any length without a clock, in constant memory and in full windows. The same animator seed and
/// the same samples give the same frames, however the samples are cut into blocks.
/// </summary>
public static class OfflineRenderer
{
    /// <param name="animator">At the start of its life; it is begun at idle frame 0 and not disposed.</param>
    /// <param name="speech">16 kHz mono in blocks of any size.</param>
    /// <returns>Exactly ceil(samples / 640) frames.</returns>
    public static async IAsyncEnumerable<OfflineFrame> RenderAsync(
        IFaceAnimator animator,
        IAsyncEnumerable<ReadOnlyMemory<short>> speech,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // One thread for all windows, as in a session: from many threads every malloc arena grows to a window's size.
        using var metrics = new StreamingMetrics();
        using var device = new InferenceExecutor(new InferenceOptions { MaxLanes = 1 }, metrics, TimeProvider.System);
        using var lane = device.OpenLane();
        var output = lane.Output;
        for (var i = 0; i < output.Length; i++)
            output[i] = new VideoFrame(animator.Width, animator.Height);
        var window = new WindowAssembler();
        var free = new Stack<SpeechFrame>(WindowAssembler.Capacity);
        var eyes = BlinkingEyes.Of(animator, seed: 1);
        var index = 0L;

        await foreach (var frame in CutAsync(speech, free, cancellation).ConfigureAwait(false))
        {
            window.Add(frame);
            if (!window.Full)
                continue;
            await AnimateAsync(WindowSchedule.Max).ConfigureAwait(false);
            for (var i = 0; i < WindowSchedule.Max; i++)
                yield return Next(i);
        }

        while (window.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var frames = Math.Min(window.Count, WindowSchedule.Max);
            await AnimateAsync(frames).ConfigureAwait(false);
            for (var i = 0; i < frames; i++)
                yield return Next(i);
        }

        async ValueTask AnimateAsync(int frames) =>
            await lane.RenderAsync(animator, index == 0 ? 0 : null, window.Fill(lane.Speech, frames), frames, TimeSpan.Zero).ConfigureAwait(false);

        OfflineFrame Next(int i)
        {
            var frame = window.Take()!;
            free.Push(frame); // reused only when the consumer has asked for more
            return new OfflineFrame(index++, eyes?.Next(output[i]) ?? output[i], frame.Samples);
        }
    }

    private static async IAsyncEnumerable<SpeechFrame> CutAsync(
        IAsyncEnumerable<ReadOnlyMemory<short>> speech,
        Stack<SpeechFrame> free,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        SpeechFrame? partial = null;
        await foreach (var block in speech.WithCancellation(cancellation).ConfigureAwait(false))
        {
            for (var rest = block; !rest.IsEmpty;)
            {
                cancellation.ThrowIfCancellationRequested();
                partial ??= Rent(free);
                var count = Math.Min(rest.Length, SpeechClock.SamplesPerFrame - partial.Count);
                rest.Span[..count].CopyTo(partial.Samples.AsSpan(partial.Count));
                partial.Count += count;
                rest = rest[count..];
                if (partial.Count < SpeechClock.SamplesPerFrame)
                    continue;
                yield return partial;
                partial = null;
            }
        }

        if (partial is null)
            yield break;
        partial.Samples.AsSpan(partial.Count).Clear();
        yield return partial;
    }

    private static SpeechFrame Rent(Stack<SpeechFrame> free)
    {
        var frame = free.TryPop(out var reused) ? reused : new SpeechFrame();
        frame.Count = 0;
        return frame;
    }
}
