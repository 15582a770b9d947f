using FADA.Realtime.Faces.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Faces.Tests.Graphs;

public class GraphModelTests
{
    [Fact]
    public void Run_StrideTwoSame_PadsTheEndFirst()
    {
        // Arrange: a 3x3 box filter over 4x4 ones; TensorFlow pads one row and column at the end, none at the start.
        using var tiny = new TinyGraph("Conv2D", [.. Enumerable.Repeat(1f, 9)], [3, 3, 1, 1], "SAME", 2);
        using var model = GraphModel.Load(tiny.Path);
        using var scope = NewDisposeScope();

        // Act
        var output = model.Run(ones(1, 4, 4, 1), "out")[0];

        // Assert
        Assert.Equal([1, 2, 2, 1], output.shape);
        Assert.Equal([9f, 6f, 6f, 4f], output.reshape(-1).data<float>().ToArray());
    }

    [Fact]
    public void Run_Depthwise_KeepsChannelsApart()
    {
        // Arrange: channel 0 times 2, channel 1 times 3.
        using var tiny = new TinyGraph("DepthwiseConv2dNative", [2f, 3f], [1, 1, 2, 1], "VALID", 1);
        using var model = GraphModel.Load(tiny.Path);
        using var scope = NewDisposeScope();

        // Act
        var output = model.Run(tensor([1f, 10f, 2f, 20f], [1, 1, 2, 2]), "out")[0];

        // Assert
        Assert.Equal([2f, 30f, 4f, 60f], output.reshape(-1).data<float>().ToArray());
    }

    [Fact]
    public void Load_UnknownOperator_NamesIt()
    {
        using var tiny = new TinyGraph("TopKV2", [1f], [1, 1, 1, 1], "VALID", 1);
        var error = Assert.Throws<UnsupportedOperatorException>(() => GraphModel.Load(tiny.Path));
        Assert.Equal("TopKV2", error.Operator);
    }

    [Fact]
    public void Load_MissingOrShortWeights_IsAFaceModelError()
    {
        using var tiny = new TinyGraph("Conv2D", [1f], [1, 1, 1, 1], "VALID", 1);
        File.WriteAllBytes(tiny.Weights, [0]);
        Assert.Contains("filter", Assert.Throws<FaceModelException>(() => GraphModel.Load(tiny.Path)).Message, StringComparison.Ordinal);
        File.Delete(tiny.Weights);
        Assert.Contains("fetch-face-models", Assert.Throws<FaceModelException>(() => GraphModel.Load(tiny.Path)).Message, StringComparison.Ordinal);
    }
}
