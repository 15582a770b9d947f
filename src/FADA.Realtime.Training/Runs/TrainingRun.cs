using System.Diagnostics;
using System.Globalization;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Runs;

/// <summary>
/// The loop around every stage: learning rate, log, loss plot, samples, checkpoints every few minutes, resume.
/// Files in the output folder: log.csv, loss.png, samples-*.png, checkpoint.safetensors, NAME.safetensors (the export).
/// </summary>
public sealed class TrainingRun(ITrainingStage stage, TrainingSchedule schedule, string folder)
{
    private const int LogEvery = 20;

    // Wrappers of gradients outlive their scope and hold native memory; the collector sees no pressure and waits.
    private const int CollectEvery = 100;
    private string CheckpointPath => Path.Combine(folder, "checkpoint.safetensors");

    /// <summary>Trains until the schedule ends or the token is cancelled; either way the state is saved.</summary>
    /// <param name="resume">Go on from the checkpoint in the folder, if there is one.</param>
    /// <param name="progress">Gets step, steps, and the mean losses since the last report.</param>
    public TrainingResult Run(bool resume, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var step = resume && File.Exists(CheckpointPath) ? Restore() : 0;
        using var log = new LossLog(Path.Combine(folder, "log.csv"), append: step > 0);
        var clock = Stopwatch.StartNew();
        var lastSave = clock.Elapsed;
        var first = step;
        while (step < schedule.Steps && !cancellation.IsCancellationRequested)
        {
            using (NewDisposeScope())
            {
                var losses = stage.Step(step);
                var norm = stage.Optimizer.Apply(schedule.RateAt(step));
                log.Add(losses, norm);
            }
            step++;
            if (step % LogEvery == 0)
            {
                var means = log.Flush(step);
                var perStep = clock.Elapsed.TotalSeconds / (step - first);
                progress?.Report(new TrainingProgress(step, schedule.Steps, perStep, means));
            }
            if (step % CollectEvery == 0)
                GC.Collect();
            if (step % schedule.SampleEvery == 0)
                Sample(step, log);
            if ((clock.Elapsed - lastSave).TotalMinutes >= schedule.CheckpointMinutes)
            {
                Save(step);
                lastSave = clock.Elapsed;
            }
        }
        Save(step);
        Sample(step, log);
        return new TrainingResult(stage.Name, step, clock.Elapsed.TotalSeconds, Path.Combine(folder, $"{stage.Name}.safetensors"));
    }

    private void Sample(long step, LossLog log)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        stage.Optimizer.WithAverages(() => log.AddValidation(step, stage.Sample(step, folder)));
        LossPlot.Write(log.Path, Path.Combine(folder, "loss.png"));
    }

    private void Save(long step)
    {
        SafetensorsWriter.Write(CheckpointPath, stage.Optimizer.State(""), new Dictionary<string, string>
        {
            ["stage"] = stage.Name,
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
            ["seed"] = schedule.Seed.ToString(CultureInfo.InvariantCulture),
        });
        stage.Export(Path.Combine(folder, $"{stage.Name}.safetensors"), step);
    }

    private long Restore()
    {
        using var file = SafetensorsFile.Open(CheckpointPath);
        if (!file.Metadata.TryGetValue("stage", out var name) || name != stage.Name)
            throw new WeightsException($"{CheckpointPath} belongs to stage '{name}', not to '{stage.Name}'.");
        if (!file.Metadata.TryGetValue("step", out var text) || !long.TryParse(text, CultureInfo.InvariantCulture, out var step))
            throw new WeightsException($"{CheckpointPath} does not say which step it was written at.");
        stage.Optimizer.Restore(file.Read, "", step);
        return step;
    }
}
