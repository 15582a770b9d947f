using System.Text;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Checkpoints;

public class DiffusersFolderTests : TorchTest
{
    [Theory]
    [InlineData("diffusion_pytorch_model.safetensors")]
    [InlineData("model.safetensors")]
    public void Open_OneFile_ReadsItAndItsConfig(string name)
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder.PathOf(name), [("w", ones(2, 3))]);
        folder.Write("config.json", "{\"latent_channels\": 4}"u8.ToArray());

        using var model = DiffusersFolder.Open(folder.Path);

        Assert.True(DiffusersFolder.IsOne(folder.Path));
        Assert.True(model.Read("w").IsSameAs(ones(2, 3)));
        Assert.Equal(4, DiffusersFolder.ReadConfig(folder.Path).GetProperty("latent_channels").GetInt32());
    }

    [Fact]
    public void Open_Shards_AreReadAsOne()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder.PathOf("a.safetensors"), [("a", ones(2))]);
        SafetensorsWriter.Write(folder.PathOf("b.safetensors"), [("b", zeros(3))]);
        folder.Write("model.safetensors.index.json", "{\"weight_map\": {\"a\": \"a.safetensors\", \"b\": \"b.safetensors\"}}"u8.ToArray());

        using var model = DiffusersFolder.Open(folder.Path);

        Assert.Equal(["a", "b"], model.Names.Order());
        Assert.True(model.Read("b").IsSameAs(zeros(3)));
    }

    [Theory]
    [InlineData("{\"weight_map\": {\"a\": \"../a.safetensors\"}}")]
    [InlineData("{\"weight_map\": {\"a\": \"/etc/passwd\"}}")]
    [InlineData("{\"weight_map\": {\"a\": \"\"}}")]
    [InlineData("{\"weight_map\": {\"a\": 7}}")]
    [InlineData("{\"weight_map\": {\"a\": \"missing.safetensors\"}}")]
    [InlineData("{\"weight_map\": 7}")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    public void Open_HostileIndex_IsRefused(string index)
    {
        using var folder = new TemporaryFolder();
        folder.Write("model.safetensors.index.json", Encoding.UTF8.GetBytes(index));

        Assert.Throws<WeightsException>(() => DiffusersFolder.Open(folder.Path));
    }

    [Fact]
    public void Open_EmptyFolder_NamesWhatWasLookedFor()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<WeightsException>(() => DiffusersFolder.Open(folder.Path));

        Assert.Contains("model.safetensors", error.Message, StringComparison.Ordinal);
    }
}
