using FADA.Realtime.Streaming.Offline;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Offline;

[Collection(AloneCollection.Name)]
public class OfflineRendererTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(640, 1)]
    [InlineData(641, 2)]
    [InlineData(8 * 640, 8)]
    [InlineData((8 * 640) + 1, 9)]
    [InlineData(10 * 640, 10)]
    [InlineData((25 * 640) - 1, 25)]
    public async Task Render_AnyLength_GivesOneFramePer640SamplesBegun(int samples, int frames)
    {
        var rendered = await RenderAsync(new FakeAnimator(), SpeechPattern.Frames(40)[..samples], 1000);

        Assert.Equal(Enumerable.Range(1, frames).Select(i => (i, (short)i)), rendered);
    }

    [Fact]
    public async Task Render_BlocksOfAnySize_SameWindows()
    {
        var speech = SpeechPattern.Frames(100)[..^77];
        List<string> windows = [];
        foreach (var block in (int[])[1, 160, 640, 4096, 100_000])
        {
            var animator = new FakeAnimator();
            await RenderAsync(animator, speech, block);
            windows.Add(string.Join('|', animator.Calls.Select(call => $"{string.Join(' ', call.Frames)}+{string.Join(' ', call.LookAhead)}")));
            Assert.Equal([0], animator.Begun);
        }

        Assert.Single(windows.Distinct());
        Assert.StartsWith("1 2 3 4 5 6 7 8+9 10|9 10", windows[0]);
    }

    /// <summary>
    /// Counts what the process allocates, not what it holds: what is not allocated cannot grow.
    /// </summary>
    [Fact]
    public async Task Render_LongInput_MemoryDoesNotGrow()
    {
        const int warm = 1_000;
        const int most = 20_000;
        var animator = new FakeAnimator();
        var (frames, wrong) = (0, 0);
        var before = 0L;
        animator.During = _ => animator.Calls.TryDequeue(out AnimateCall? _);

        await foreach (var frame in OfflineRenderer.RenderAsync(animator, Repeat(most)))
        {
            wrong += frame.Index != frames++ ? 1 : 0;
            if (frames == warm)
                before = GC.GetTotalAllocatedBytes(precise: true);
        }

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal((most, 0), (frames, wrong));
        // The fake remembers its last call; the sound of one frame alone is 1,280 bytes, its picture 6,144.
        Assert.InRange(allocated / (most - warm), 0, 640);
    }

    [Fact]
    public async Task Render_Cancelled_Stops()
    {
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var frame in OfflineRenderer.RenderAsync(new FakeAnimator(), Repeat(1000), cancel.Token))
            {
                if (frame.Index == 20)
                    await cancel.CancelAsync();
                Assert.InRange(frame.Index, 0, 40);
            }
        });
    }

    private static async Task<List<(int Picture, short Sound)>> RenderAsync(FakeAnimator animator, short[] speech, int block)
    {
        var rendered = new List<(int, short)>();
        await foreach (var frame in OfflineRenderer.RenderAsync(animator, Blocks(speech, block)))
            rendered.Add((FakeAnimator.Read(frame.Picture), frame.Speech.Span[0]));
        return rendered;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> Blocks(short[] speech, int block)
    {
        for (var at = 0; at < speech.Length; at += block)
        {
            await Task.Yield();
            yield return speech.AsMemory(at, Math.Min(block, speech.Length - at));
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> Repeat(int frames)
    {
        await Task.CompletedTask;
        var one = SpeechPattern.Frames(1);
        for (var i = 0; i < frames; i++)
            yield return one;
    }
}
