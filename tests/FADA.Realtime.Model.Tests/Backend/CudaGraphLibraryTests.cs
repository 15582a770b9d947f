using FADA.Realtime.Model.Backend;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Backend;

/// <summary>The real shim, compiled here, against a library with libtorch's names.</summary>
public sealed class CudaGraphLibraryTests(ShimFiles files) : TorchTest, IClassFixture<ShimFiles>
{
    private readonly List<string> _log = [];

    [CompilerFact]
    public void Calls_OfEveryKind_ReachTheFunctionsOfTheMangledNames()
    {
        var library = files.Open();
        files.Reset();

        var before = library.CurrentStream(0);
        var stream = library.StreamFromPool(3);
        library.SetStream(stream);
        var graph = library.Create();
        library.CaptureBegin(graph);
        library.CaptureEnd(graph);
        library.SetStream(before);
        library.Replay(graph);
        library.Reset(graph);
        library.Destroy(graph);

        Assert.Equal((new CudaStream(1, 0, 0), new CudaStream(1, 3, 0x123456789abc)), (before, stream));
        Assert.Equal("current 0;pool 3;set 1/3/20015998343868;create;begin 0,0 mode 1;end;set 1/0/0;replay;reset;destroy;", files.Record);
    }

    [CompilerFact]
    public void Calls_ThatThrow_BecomeExceptionsWithTheirMessage()
    {
        var library = files.Open();
        files.Reset();
        var graph = library.Create();
        var calls = new Dictionary<string, Action>
        {
            ["create"] = () => library.Create(),
            ["pool"] = () => library.StreamFromPool(0),
            ["current"] = () => library.CurrentStream(0),
            ["set"] = () => library.SetStream(default),
            ["begin"] = () => library.CaptureBegin(graph),
            ["end"] = () => library.CaptureEnd(graph),
            ["replay"] = () => library.Replay(graph),
            ["reset"] = () => library.Reset(graph),
        };
        foreach (var (name, call) in calls)
        {
            files.Reset(name);
            Assert.Equal($"{name} was told to fail", Assert.Throws<CudaGraphException>(call).Message);
            files.Reset($"{name} oddly");
            Assert.Contains("no std::exception", Assert.Throws<CudaGraphException>(call).Message, StringComparison.Ordinal);
        }
        files.Reset();
        library.Destroy(graph);
    }

    [CompilerFact]
    public void TryOpen_OfALibtorchWithoutGraphs_NamesTheSymbol()
    {
        Assert.Null(CudaGraphLibrary.TryOpen(files.Shim, files.WithoutGraphs, files.WithoutGraphs, _ => { }, out var reason));

        Assert.Contains("has no _ZN2at4cuda9CUDAGraphC1Eb", reason, StringComparison.Ordinal);
        // It can still be opened with one that has them: nothing of the attempt is left.
        Assert.NotNull(files.Open());
    }

    [CompilerFact]
    public void TryOpen_WithoutLibtorchForCuda_NamesTheFile()
    {
        Assert.Null(CudaGraphLibrary.TryOpen(files.Shim, "/nowhere/libtorch_cuda.so", "/nowhere/libc10_cuda.so", _ => { }, out var reason));

        Assert.Contains("/nowhere/libc10_cuda.so", reason, StringComparison.Ordinal);
    }

    [CompilerFact]
    public void TryOpen_OfAnotherLibrary_SaysWhatItLacks()
    {
        Assert.Null(CudaGraphLibrary.TryOpen(files.Torch, files.Torch, files.Torch, _ => { }, out var reason));

        Assert.Contains("fada_graph_version", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TryOpen_WithoutTheShim_SaysHowToMakeIt()
    {
        Assert.Null(CudaGraphLibrary.TryOpen("/nowhere/libfada-cuda-graph.so", "", "", _ => { }, out var reason));

        Assert.Equal("/nowhere/libfada-cuda-graph.so is not there; scripts/build-cuda-shim makes it where g++ and libtorch for CUDA are", reason);
    }

    [Fact]
    public void TryOpen_OfAFileThatIsNoLibrary_SaysThatItCannotBeLoaded()
    {
        var path = Path.GetTempFileName();
        try
        {
            Assert.Null(CudaGraphLibrary.TryOpen(path, "", "", _ => { }, out var reason));
            Assert.Equal($"{path} could not be loaded", reason);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [CompilerFact]
    public void Run_OfTheBackendThroughTheShim_CallsInTheOrderThatCapturesNeed()
    {
        files.Reset();
        using (var backend = new CudaGraphBackend(CPU, files.Open(), new CudaGraphOptions(), _log.Add, _ => new DirectHostTransfer()))
        {
            for (var i = 0; i < 2; i++)
                Assert.Equal(3f, backend.Run(new GraphKey(1, 4, 2, 0), [ones(1)], x => [x[0] * 3f])[0].item<float>());
        }

        Assert.Equal("current 0;pool 0;set 1/0/20015998343868;create;begin 0,0 mode 1;end;set 1/0/0;replay;replay;reset;destroy;", files.Record);
        Assert.Empty(_log);
    }

    [CompilerFact]
    public void Run_WhereLibtorchThrows_GivesTheEagerResult()
    {
        files.Reset("end");
        using (var backend = new CudaGraphBackend(CPU, files.Open(), new CudaGraphOptions(), _log.Add, _ => new DirectHostTransfer()))
        {
            for (var i = 1; i < 3; i++)
                Assert.Equal(3f * i, backend.Run(new GraphKey(1, 4, 2, 0), [full(1, (float)i)], x => [x[0] * 3f])[0].item<float>());
        }

        Assert.Equal("current 0;pool 0;set 1/0/20015998343868;create;begin 0,0 mode 1;end;set 1/0/0;reset;destroy;", files.Record);
        Assert.Contains(_log, line => line.Contains("end was told to fail", StringComparison.Ordinal));
    }
}
