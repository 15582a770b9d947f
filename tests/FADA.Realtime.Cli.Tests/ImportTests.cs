using System.Text.Json;
using FADA.Realtime.Model.Tests.FullSize.Import;

namespace FADA.Realtime.Cli.Tests;

public sealed class ImportTests
{
    private const string Lost = "denoising_unet.down_blocks.0.motion_modules.0.temporal_transformer.transformer_blocks.0.attention_blocks.0.to_q.weight";

    private static SyntheticCheckpoint Write(TestFiles files, params string[] missing)
    {
        var checkpoint = new SyntheticCheckpoint(files.PathOf("in")) { IsSparse = true, Missing = missing.ToHashSet() };
        checkpoint.WriteHallo(SyntheticCheckpoint.SmallHallo, SyntheticCheckpoint.SmallVae, SyntheticCheckpoint.SmallSpeech);
        return checkpoint;
    }

    [Fact]
    public async Task Import_FittingCheckpoint_WritesAFolderAndSaysWhatItHolds()
    {
        using var files = new TestFiles();
        Write(files);

        var result = await FadaProcess.RunAsync("import", "hallo", "--from", files.PathOf("in"), "--out", files.PathOf("out"), "--json");

        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.True(json.RootElement.GetProperty("complete").GetBoolean());
        var bytes = json.RootElement.GetProperty("bytes").GetInt64();
        Assert.InRange(json.RootElement.GetProperty("peak_memory_mib").GetDouble(), 1, bytes / 1048576.0 + 1024);
        Assert.Equal(["config.json", "net.safetensors", "speech.safetensors", "vae.safetensors"], Directory.GetFiles(files.PathOf("out")).Select(Path.GetFileName).Order());
        Assert.Contains("import: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_KeyMissing_ShowsATableAndExits1()
    {
        using var files = new TestFiles();
        Write(files, Lost);

        var result = await FadaProcess.RunAsync("import", "hallo", "--from", files.PathOf("in"), "--out", files.PathOf("out"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(Lost, result.Output, StringComparison.Ordinal);
        Assert.Contains("missing", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 keys are missing, 0 unexpected, 0 misshapen; nothing was written", result.OneSentence(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(files.PathOf("out")));
    }

    [Fact]
    public async Task Import_HostileFile_SaysOneSentenceAndExits1()
    {
        using var files = new TestFiles();
        Directory.CreateDirectory(files.PathOf("in"));
        File.WriteAllText(files.PathOf("in/net.pth"), "<html>404: Not Found</html>");

        var result = await FadaProcess.RunAsync("import", "hallo", "--from", files.PathOf("in"), "--out", files.PathOf("out"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("net.pth", result.OneSentence(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hallo")]
    [InlineData("echomimic")]
    public async Task Import_FolderMissing_NamesIt(string family)
    {
        var result = await FadaProcess.RunAsync("import", family, "--from", "/nowhere", "--out", "/tmp/never");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/nowhere", result.OneSentence(), StringComparison.Ordinal);
    }
}
