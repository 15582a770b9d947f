using FADA.Realtime.Training.Optimization;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Runs;

/// <summary>One trainable stage: what a step is, what is kept, what a person looks at.</summary>
public interface ITrainingStage : IDisposable
{
    /// <summary>"vae", "audio", "teacher" …: also the names of its files.</summary>
    string Name { get; }

    MasterAdamW Optimizer { get; }

    /// <summary>Forward and backward of step <paramref name="step"/>; all randomness comes from it and the seed.</summary>
    /// <returns>The losses by name, already weighted.</returns>
    IReadOnlyDictionary<string, float> Step(long step);

    /// <summary>Writes sample sheets (PNG) and returns validation figures by name.</summary>
    IReadOnlyDictionary<string, float> Sample(long step, string folder);

    /// <summary>The weights to keep: averaged, named as the network names them.</summary>
    void Export(string path, long step);
}
