using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Checkpoints;

public class PytorchCheckpointTests : TorchTest
{
    private static readonly float[] Numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    private static byte[] Bytes(Tensor tensor) => tensor.contiguous().bytes.ToArray();

    private static PytorchCheckpoint Open(TemporaryFolder folder, byte[] file) => PytorchCheckpoint.Open(folder.Write("w.pth", file));

    [Theory]
    [InlineData("FloatStorage", ScalarType.Float32, true)]
    [InlineData("HalfStorage", ScalarType.Float16, true)]
    [InlineData("BFloat16Storage", ScalarType.BFloat16, false)]
    [InlineData("LongStorage", ScalarType.Int64, false)]
    [InlineData("IntStorage", ScalarType.Int32, true)]
    public void Read_EachType_GivesTheTensor(string storage, ScalarType type, bool zip64)
    {
        using var folder = new TemporaryFolder();
        var expected = tensor(Numbers).view(3, 4).to(type);
        var pickle = PickleBuilder.One(p => p.Tensor(storage, "0", 12, 0, [3, 4], [4, 1]));

        using var file = Open(folder, TorchZip.Of(pickle, zip64, storages: ("0", Bytes(expected))));

        Assert.Equal(["w"], file.Names);
        Assert.Equal(new long[] { 3, 4 }, file.Describe("w").Shape);
        Assert.True(file.Read("w").IsSameAs(expected));
    }

    [Fact]
    public void Read_ViewsOfOneStorage_HaveTheirOwnOffsetsAndStrides()
    {
        using var folder = new TemporaryFolder();
        var pickle = PickleBuilder.Start().Op('}').Op('(')
            .Text("whole").Tensor("FloatStorage", "7", 12, 0, [12], [1])
            .Text("tail").Tensor("FloatStorage", "7", 12, 8, [2, 2], [2, 1])
            .Text("transposed").Tensor("FloatStorage", "7", 12, 0, [4, 3], [1, 4])
            .Text("scalar").Tensor("FloatStorage", "7", 12, 5, [], [])
            .Text("nothing").Tensor("FloatStorage", "7", 12, 0, [0, 4], [4, 1])
            .Op('u').Op('.').ToArray();

        using var file = Open(folder, TorchZip.Of(pickle, storages: ("7", Bytes(tensor(Numbers)))));

        Assert.True(file.Read("whole").IsSameAs(tensor(Numbers)));
        Assert.True(file.Read("tail").IsSameAs(tensor(Numbers).narrow(0, 8, 4).view(2, 2)));
        Assert.True(file.Read("transposed").IsSameAs(tensor(Numbers).view(3, 4).t()));
        Assert.Equal(5, file.Read("scalar").item<float>());
        Assert.Equal(0, file.Read("nothing").numel());
    }

    [Fact]
    public void Open_OrderedDictWithMetadataAndParameters_IsRead()
    {
        using var folder = new TemporaryFolder();
        var pickle = PickleBuilder.Start()
            .Global("collections", "OrderedDict").Op(')').Op('R').Raw((byte)'q', 0).Op('(')
            .Text("w").Global("torch._utils", "_rebuild_parameter").Op('(').Tensor("FloatStorage", "0", 12, 0, [12], [1]).Raw(0x88).Op('}').Op('t').Op('R')
            .Op('u').Op('}').Text("_metadata").Op('}').Op('s').Op('b').Op('.').ToArray();

        using var file = Open(folder, TorchZip.Of(pickle, folder: "net/", storages: ("0", Bytes(tensor(Numbers)))));

        Assert.True(file.Read("w").IsSameAs(tensor(Numbers)));
    }

    [Fact]
    public void Open_TrainerCheckpoint_TakesItsStateDict()
    {
        using var folder = new TemporaryFolder();
        var pickle = PickleBuilder.Start().Op('}').Op('(')
            .Text("global_step").Number(7).Text("state_dict").Op('}').Text("w").Tensor("FloatStorage", "0", 12, 0, [12], [1]).Op('s')
            .Op('u').Op('.').ToArray();

        using var file = Open(folder, TorchZip.Of(pickle, storages: ("0", Bytes(tensor(Numbers)))));

        Assert.Equal(["w"], file.Names);
    }

    [Fact]
    public void Open_GlobalThatIsNotAllowed_NamesFileAndGlobal()
    {
        using var folder = new TemporaryFolder();
        var pickle = PickleBuilder.One(p => p.Global("os", "system").Text("true").Raw(0x85).Op('R'));

        var error = Assert.Throws<WeightsException>(() => Open(folder, TorchZip.Of(pickle)));

        Assert.Contains("w.pth", error.Message, StringComparison.Ordinal);
        Assert.Contains("'os.system'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FormatBeforePytorch16_SaysSo()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<WeightsException>(() => CheckpointFile.Open(folder.Write("old.pth", [0x80, 2, 0x8a, 10, 1, 2, 3, 4, 5, 6])));

        Assert.Contains("1.6", error.Message, StringComparison.Ordinal);
    }
}
