using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FADA.Realtime.Training.Stages;

/// <summary>Reads a stage's YAML file into its options; unknown keys are errors, missing ones keep their defaults.</summary>
public static class StageConfig
{
    /// <exception cref="StageConfigException">The file is missing, is not YAML, or names an unknown key.</exception>
    public static T Read<T>(string path) where T : new()
    {
        if (!File.Exists(path))
            throw new StageConfigException($"The configuration file {path} does not exist.");
        try
        {
            var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
            return reader.Deserialize<T>(File.ReadAllText(path)) ?? new T();
        }
        catch (YamlException e)
        {
            throw new StageConfigException($"{path}, line {e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }
}
