using System.Buffers.Binary;
using System.Text;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Weights;

public class SafetensorsTests : TorchTest
{
    private static string Temporary() => Path.Combine(Path.GetTempPath(), $"fada-{Guid.NewGuid():N}.safetensors");

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.Int64)]
    public void Write_ThenRead_GivesTheSameTensorsAndMetadata(ScalarType type)
    {
        var path = Temporary();
        var tensor = (randn(3, 5) * 10).to(type);
        try
        {
            SafetensorsWriter.Write(path, [("a", tensor), ("b", tensor.t())], new Dictionary<string, string> { ["config"] = "{\"x\":1}" });
            using var file = SafetensorsFile.Open(path);

            Assert.True(file.Read("a").IsSameAs(tensor));
            Assert.True(file.Read("b").IsSameAs(tensor.t()));
            Assert.Equal("{\"x\":1}", file.Metadata["config"]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,999]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[8,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[0,16]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-4],\"data_offsets\":[0,16]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,16]}}")]
    [InlineData("{\"a\":{\"dtype\":\"EVIL\",\"shape\":[4],\"data_offsets\":[0,16]}}")]
    [InlineData("{\"a\":{\"shape\":[4],\"data_offsets\":[0,16]}}")]
    [InlineData("{\"a\":7}")]
    [InlineData("[1,2]")]
    [InlineData("not json")]
    public void Open_HostileHeader_ThrowsWeightsException(string header)
    {
        var path = Temporary();
        var bytes = new byte[8 + header.Length + 16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)header.Length);
        Encoding.UTF8.GetBytes(header, bytes.AsSpan(8));
        File.WriteAllBytes(path, bytes);
        try
        {
            Assert.Throws<WeightsException>(() => SafetensorsFile.Open(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 0 })]
    [InlineData(new byte[] { 100, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Open_TruncatedFile_ThrowsWeightsException(byte[] bytes)
    {
        var path = Temporary();
        File.WriteAllBytes(path, bytes);
        try
        {
            Assert.Throws<WeightsException>(() => SafetensorsFile.Open(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Open_MissingFile_NamesIt()
    {
        var error = Assert.Throws<WeightsException>(() => SafetensorsFile.Open("/nowhere/x.safetensors"));

        Assert.Contains("/nowhere/x.safetensors", error.Message, StringComparison.Ordinal);
    }
}
