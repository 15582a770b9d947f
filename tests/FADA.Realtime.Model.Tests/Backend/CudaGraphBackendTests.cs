using FADA.Realtime.Model.Backend;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Backend;

// Alone: two models of the same seed are alike only while no other test draws from the process's generator.
[Collection(DefaultDevice.Alone)]
public sealed class CudaGraphBackendTests : TorchTest
{
    private static readonly GraphKey Key = new(1, 4, 2, 0);
    private readonly List<string> _log = [];

    [Fact]
    public void Run_TheSameWorkAgain_CapturesOnceAndReplaysWithTheNewInputs()
    {
        var library = new FakeCudaGraphLibrary();
        using var backend = Create(library);

        var answers = Enumerable.Range(1, 3).Select(i => Twice(backend, library, Full(2, 3, i))).ToArray();

        Assert.Equal([2f, 4f, 6f], answers);
        Assert.Equal((1, 3, 0, null), Figures(backend));
        Assert.Equal(1, library.CountOf("begin"));
        Assert.Empty(_log);
    }

    [Theory]
    [InlineData("create", 1)]
    [InlineData("pool", 1)]
    [InlineData("current", 1)]
    [InlineData("set", 1)]
    [InlineData("begin", 1)]
    [InlineData("end", 1)]
    [InlineData("replay", 1)]
    [InlineData("replay", 2)]
    [InlineData("synchronize", 1)]
    [InlineData("synchronize", 2)]
    [InlineData("synchronize", 3)]
    public void Run_WhereACallFails_GivesTheEagerResultAndNeverTriesThatAgain(string call, int from)
    {
        var library = new FakeCudaGraphLibrary { FailAt = call, FailFrom = from };
        var backend = Create(library);

        for (var i = 1; i <= 5; i++)
            Assert.Equal(2f * i, Twice(backend, library, Full(2, 3, i)));

        Assert.Equal(from == 2 && call == "replay" ? 4 : 5, backend.Use.EagerRuns);
        Assert.Contains(call, backend.Use.Reason, StringComparison.Ordinal);
        Assert.Contains(_log, line => line.Contains($"{call} was told to fail", StringComparison.Ordinal) && !line.Contains('\n', StringComparison.Ordinal));
        Assert.InRange(library.CountOf(call), from, from);
        Assert.Equal(FakeCudaGraphLibrary.Default, library.Left);
        backend.Dispose();
        Assert.Equal(library.Created, library.Destroyed);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("destroy")]
    public void Dispose_WhereFreeingFails_TriesEveryGraphAndSaysSo(string call)
    {
        var library = new FakeCudaGraphLibrary { FailAt = call };
        var backend = Create(library);
        Assert.Equal(2f, Twice(backend, library, Full(2, 3, 1)));
        Assert.Equal(4f, Twice(backend, library, Full(2, 5, 2), Key with { Frames = 8 }));

        backend.Dispose();

        Assert.Equal((2, 2), (library.Created, library.Destroyed));
        Assert.Equal(2, _log.Count(line => line.Contains($"{call} was told to fail", StringComparison.Ordinal)));
    }

    [Fact]
    public void Run_WhereTheStreamIsRestoredAtTheSecondAttempt_GoesOnWithGraphs()
    {
        // The first call takes the capture stream, the second gives the old one back.
        var library = new FakeCudaGraphLibrary { FailAt = "set", FailFrom = 2, FailTimes = 1 };
        using var backend = Create(library);

        Assert.Equal(2f, Twice(backend, library, Full(2, 3, 1)));

        Assert.Equal((1, 1, 0, null), Figures(backend));
        Assert.Equal(FakeCudaGraphLibrary.Default, library.Left);
        Assert.Single(_log);
    }

    [Fact]
    public void Run_WhereTheStreamCannotBeRestored_LeavesGraphsAloneForGood()
    {
        var library = new FakeCudaGraphLibrary { FailAt = "set", FailFrom = 2 };
        var backend = Create(library);

        for (var i = 1; i <= 3; i++)
            Assert.Equal(2f * i, Twice(backend, library, Full(2, 3, i), Key with { Frames = i }));

        Assert.Equal((0, 0, 3), (backend.Use.Captures, backend.Use.Replays, backend.Use.EagerRuns));
        Assert.Contains("stream could not be restored", backend.Use.Reason, StringComparison.Ordinal);
        Assert.Equal((1, 0), (library.CountOf("begin"), library.CountOf("replay")));
        backend.Dispose();
        Assert.Equal(library.Created, library.Destroyed);
    }

    [Fact]
    public void Run_WithOtherShapes_CapturesAgainAndFreesTheOldGraph()
    {
        var library = new FakeCudaGraphLibrary();
        using var backend = Create(library);

        Assert.Equal(2f, Twice(backend, library, Full(2, 3, 1)));
        Assert.Equal(4f, Twice(backend, library, Full(2, 7, 2)));
        Assert.Equal(6f, Twice(backend, library, Full(2, 7, 3)));

        Assert.Equal((2, 3, 0, null), Figures(backend));
        Assert.Equal((2, 1), (library.Created, library.Destroyed));
    }

    [Fact]
    public void Run_WithMoreKeysThanGraphs_FreesTheOneUnusedForLongest()
    {
        var library = new FakeCudaGraphLibrary();
        using var backend = Create(library, new CudaGraphOptions { MaxGraphs = 2 });
        void Use(int frames) => Assert.Equal(2f, Twice(backend, library, Full(2, 3, 1), Key with { Frames = frames }));

        Use(1);
        Use(2);
        Use(1);
        Use(3); // 2 goes
        Use(1);

        Assert.Equal((3, 1), (library.Created, library.Destroyed));
        Use(2);
        Assert.Equal((4, 2), (library.Created, library.Destroyed));
    }

    [Fact]
    public void Run_AfterTheLastAllowedFailure_CapturesNothingMore()
    {
        var library = new FakeCudaGraphLibrary { FailAt = "create" };
        using var backend = Create(library, new CudaGraphOptions { MaxFailures = 3 });

        for (var frames = 1; frames <= 6; frames++)
            Assert.Equal(2f, Twice(backend, library, Full(2, 3, 1), Key with { Frames = frames }));

        Assert.Equal(3, library.CountOf("create"));
        Assert.Contains("3 attempts failed", backend.Use.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhereTheBodyThrows_ThrowsTheSameOutsideOfAnyCapture()
    {
        var library = new FakeCudaGraphLibrary();
        using var backend = Create(library);
        IReadOnlyList<Tensor> Broken(IReadOnlyList<Tensor> _) => library.IsCapturing ? throw new InvalidOperationException("in the capture") : [ones(1)];

        Assert.Equal(1f, backend.Run(Key, [ones(1)], Broken)[0].item<float>());

        Assert.Equal((1, 1), (library.CountOf("begin"), library.CountOf("end")));
        Assert.Contains("in the capture", Assert.Single(_log), StringComparison.Ordinal);
        Assert.Equal((1, 1), (library.Created, library.Destroyed));
        Assert.Equal(
            "always",
            Assert.Throws<ArgumentException>(() => backend.Run(Key with { Frames = 9 }, [ones(1)], _ => throw new ArgumentException("always"))).Message);
    }

    [Fact]
    public void Run_Results_AreTheCallersOwn()
    {
        var library = new FakeCudaGraphLibrary();
        using var backend = Create(library);
        var body = library.Record(x => [x[0] * 2]);

        Tensor first, second, kept;
        using (NewDisposeScope())
        {
            first = backend.Run(Key, [full(3, 1f)], body)[0];
            kept = backend.Run(Key, [full(3, 2f)], body)[0].DetachFromDisposeScope();
            second = backend.Run(Key, [full(3, 3f)], body)[0];
            // A later replay writes over the graph's own tensors, not over these.
            Assert.Equal((2f, 4f, 6f), (first[0].item<float>(), kept[0].item<float>(), second[0].item<float>()));
        }

        Assert.True(first.IsInvalid);
        Assert.True(second.IsInvalid);
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public async Task Run_FromSeveralThreads_GivesEachItsOwnResult()
    {
        var library = new FakeCudaGraphLibrary();
        using var backend = Create(library);

        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(n => Task.Factory.StartNew(
            () => Enumerable.Range(0, 25).Select(_ => Twice(backend, library, Full(2, 3, n))).ToArray(),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).WaitAsync(TimeSpan.FromSeconds(60));

        for (var n = 1; n <= 4; n++)
            Assert.All(answers[n - 1], a => Assert.Equal(2f * n, a));
        Assert.Equal((1, 100, 0, null), Figures(backend));
    }

    [Fact]
    public void Run_AfterDispose_IsRefused()
    {
        var library = new FakeCudaGraphLibrary();
        var backend = Create(library);
        backend.Dispose();
        backend.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Twice(backend, library, ones(1)));
    }

    [Theory]
    [InlineData(GuidanceControl.None)]
    [InlineData(GuidanceControl.Tokens)]
    [InlineData(GuidanceControl.Embedding)]
    public void Next_ThroughGraphs_GivesEverySessionTheFramesOfAnEagerRun(GuidanceControl guidance)
    {
        var library = new FakeCudaGraphLibrary();
        using var backend = new RecordingBackend(Create(library), library);

        var eager = TwoSessions(guidance, null);
        var graphs = TwoSessions(guidance, backend);

        Assert.Equal(eager, graphs);
        // Windows of 2 and 4; a network that runs once per condition leaves one out at scale 1.
        Assert.Equal(guidance == GuidanceControl.None ? 3 : 2, backend.Use.Captures);
        Assert.Equal((7, 0), (backend.Use.Replays, backend.Use.EagerRuns));
    }

    // Two portraits, turn about, with scales that change: what a graph wrongly keeps of one shows in the other.
    private static float[] TwoSessions(GuidanceControl guidance, IGraphBackend? backend)
    {
        using var model = TinyModel.Create(guidance, backend);
        using var ada = TinyModel.Portrait(model, 1);
        using var bob = TinyModel.Portrait(model, 2);
        using var first = new CropGenerator(model, ada, 5);
        using var second = new CropGenerator(model, bob, 6);
        var (plain, strong) = (new GuidanceScales(1.5f, 2), new GuidanceScales(2, 4));
        return
        [
            .. TinyModel.Speak(first, plain, 2, 4), .. TinyModel.Speak(second, plain, 2, 4),
            .. TinyModel.Speak(first, strong, 4), .. TinyModel.Speak(second, new GuidanceScales(1, 3), 4), .. TinyModel.Speak(first, plain, 2),
        ];
    }

    private CudaGraphBackend Create(FakeCudaGraphLibrary library, CudaGraphOptions? options = null) =>
        new(CPU, library, options ?? new CudaGraphOptions(), _log.Add, _ => new DirectHostTransfer());

    private static (long, long, long, string?) Figures(IGraphBackend backend) => (backend.Use.Captures, backend.Use.Replays, backend.Use.EagerRuns, backend.Use.Reason);

    private static Tensor Full(long rows, long columns, float value) => full(rows, columns, value, ScalarType.Float32);

    private static float Twice(IGraphBackend backend, FakeCudaGraphLibrary library, Tensor value, GraphKey? key = null)
    {
        using var scope = NewDisposeScope();
        var answer = backend.Run(key ?? Key, [value, ones_like(value)], library.Record(x => [x[0] + x[0] * x[1]]))[0];
        Assert.Equal(value.shape, answer.shape);
        return answer.mean().item<float>();
    }
}
