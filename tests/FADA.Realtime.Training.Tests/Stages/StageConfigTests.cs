using FADA.Realtime.Training.Stages;

namespace FADA.Realtime.Training.Tests.Stages;

public class StageConfigTests
{
    [Fact]
    public void Read_KnownKeys_OverridesTheDefaults()
    {
        var options = Read("batch: 3\nschedule:\n  steps: 7\n");

        Assert.Equal(3, options.Batch);
        Assert.Equal(7, options.Schedule.Steps);
        Assert.Equal(new VaeOptions().KlWeight, options.KlWeight);
    }

    [Theory]
    [InlineData("bach: 3")]
    [InlineData("batch: many")]
    [InlineData("batch: [1")]
    public void Read_UnknownOrDamagedKey_NamesFileAndLine(string yaml)
    {
        var error = Assert.Throws<StageConfigException>(() => Read(yaml));

        Assert.Contains("line 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_SaysSo() =>
        Assert.Contains("does not exist", Assert.Throws<StageConfigException>(() => StageConfig.Read<VaeOptions>("/nowhere.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_EveryShippedConfiguration_IsValid()
    {
        var folder = Configs();

        StageConfig.Read<VaeOptions>(Path.Combine(folder, "vae.yaml"));
        StageConfig.Read<VaeOptions>(Path.Combine(folder, "decoder.yaml"));
        StageConfig.Read<AudioOptions>(Path.Combine(folder, "audio.yaml"));
        StageConfig.Read<TeacherOptions>(Path.Combine(folder, "teacher.yaml"));
    }

    private static string Configs([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "configs"));

    private static VaeOptions Read(string yaml)
    {
        var path = Path.Combine(Path.GetTempPath(), $"fada-{Guid.NewGuid():N}.yaml");
        File.WriteAllText(path, yaml);
        try
        {
            return StageConfig.Read<VaeOptions>(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
