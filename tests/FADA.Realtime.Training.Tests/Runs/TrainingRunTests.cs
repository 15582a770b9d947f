using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Tests.Runs;

public class TrainingRunTests : TorchTest
{
    [Fact]
    public void Run_StoppedAndResumed_EndsWhereAnUnbrokenRunEnds()
    {
        var (whole, parts) = (Folder(), Folder());
        try
        {
            var unbroken = Train(whole, 40, resume: false);
            Train(parts, 15, resume: false);
            var resumed = Train(parts, 40, resume: true);

            Assert.Equal(unbroken, resumed);
            Assert.True(File.Exists(Path.Combine(parts, "loss.png")));
        }
        finally
        {
            Directory.Delete(whole, true);
            Directory.Delete(parts, true);
        }
    }

    [Fact]
    public void Run_CheckpointOfAnotherStage_IsRefused()
    {
        var folder = Folder();
        try
        {
            Train(folder, 5, resume: false);

            Assert.Throws<WeightsException>(() => new TrainingRun(new Line("other"), Schedule(10), folder).Run(true, null, default));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static float Train(string folder, int steps, bool resume)
    {
        using var stage = new Line("line");
        new TrainingRun(stage, Schedule(steps), folder).Run(resume, null, default);
        return stage.Value;
    }

    // The rate must not depend on the number of steps, or the two runs would differ by design.
    private static TrainingSchedule Schedule(int steps) => new() { Steps = steps, LearningRate = 0.1, WarmUp = 0, FinalShare = 1, SampleEvery = 20 };

    private static string Folder() => Directory.CreateTempSubdirectory("fada-run-").FullName;

    private sealed class Line : ITrainingStage
    {
        private readonly Parameter _parameter = new(tensor(new[] { 4f }));

        public Line(string name)
        {
            Name = name;
            Optimizer = new MasterAdamW([("p", _parameter)], new AdamWOptions());
        }

        public string Name { get; }
        public MasterAdamW Optimizer { get; }
        public float Value => _parameter.item<float>();

        public IReadOnlyDictionary<string, float> Step(long step)
        {
            var loss = (_parameter - tensor((float)(step % 3))).square().sum();
            loss.backward();
            return new Dictionary<string, float> { ["loss"] = loss.item<float>() };
        }

        public IReadOnlyDictionary<string, float> Sample(long step, string folder) => new Dictionary<string, float> { ["value"] = Value };

        public void Export(string path, long step) => SafetensorsWriter.Write(path, Optimizer.Averages());

        public void Dispose() => Optimizer.Dispose();
    }
}
