using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Distillation;
using FADA.Realtime.Training.Lips;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Speech;
using FADA.Realtime.Training.Sync;
using FADA.Realtime.Training.Windows;

namespace FADA.Realtime.Training.Stages;

/// <summary>Builds the stages of <c>fada train</c> by name.</summary>
public static class StageFactory
{
    public static IReadOnlyList<string> Names => ["vae", "audio", "teacher", "sync", "lips", "distill", "tokens", "few-step"];

    /// <summary>Reads the configuration and opens the data a stage needs.</summary>
    /// <param name="progress">0 to 1 while data is being made.</param>
    public static (ITrainingStage Stage, TrainingSchedule Schedule) Create(string name, string config, IProgress<double>? progress, CancellationToken cancellation)
    {
        switch (name)
        {
            case "vae":
                var vae = StageConfig.Read<VaeOptions>(config);
                var shown = ClipStore.Open(vae.Clips);
                return (new VaeStage(vae, shown, vae.Model.Length == 0 ? null : Made(vae, shown, progress, cancellation)), vae.Schedule);
            case "teacher":
                var teacher = StageConfig.Read<TeacherOptions>(config);
                var clips = ClipStore.Open(teacher.Clips);
                return (new TeacherStage(teacher, clips,
                    LatentCache.OpenOrCreate(teacher.Latents, clips, teacher.Vae, teacher.Looks, teacher.Schedule.Seed, progress, cancellation),
                    new AudioCache(clips, teacher.Audio, takes: 3, teacher.Denoiser.AudioWindow, teacher.Schedule.Seed)), teacher.Schedule);
            case "distill" or "tokens" or "few-step":
                var distill = StageConfig.Read<DistillOptions>(config);
                var used = ClipStore.Open(distill.Clips);
                return (new DistillStage(name, distill, used,
                    LatentCache.OpenOrCreate(distill.Latents, used, distill.Vae, distill.Looks, distill.Schedule.Seed, progress, cancellation),
                    new AudioCache(used, distill.Audio, takes: 3, FadaModel.ReadConfig(distill.Teacher).Denoiser.AudioWindow, distill.Schedule.Seed)), distill.Schedule);
            case "sync":
                var sync = StageConfig.Read<SyncOptions>(config);
                var seen = ClipStore.Open(sync.Clips);
                return (new SyncStage(sync, seen, LatentCache.OpenOrCreate(sync.Latents, seen, sync.Vae, sync.Looks, sync.Schedule.Seed, progress, cancellation)), sync.Schedule);
            case "lips":
                var lips = StageConfig.Read<LipOptions>(config);
                var watched = ClipStore.Open(lips.Clips);
                return (new LipStage(lips, watched, lips.Pictures ? null : LatentCache.OpenOrCreate(lips.Latents, watched, lips.Vae, lips.Looks, lips.Schedule.Seed, progress, cancellation)), lips.Schedule);
            case "audio":
                var audio = StageConfig.Read<AudioOptions>(config);
                return (new AudioStage(audio, ClipStore.Open(audio.Clips),
                    SpeechCorpus.OpenOrCreate(audio.Speech, audio.SpeechCount, audio.Schedule.Seed, progress, cancellation)), audio.Schedule);
            default:
                throw new StageConfigException($"There is no training stage '{name}'; there are {string.Join(", ", Names)}.");
        }
    }

    private static MadeFrames Made(VaeOptions options, ClipStore clips, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (!options.FreezeEncoder)
            throw new StageConfigException("A model's latents are of one encoder: model needs freeze_encoder.");
        var (windows, seed) = (options.Windows, options.Schedule.Seed);
        return new MadeFrames(options.Model, windows, clips,
            LatentCache.OpenOrCreate(windows.Latents, clips, windows.Vae, windows.Looks, seed, progress, cancellation),
            new AudioCache(clips, windows.Audio, takes: 1, FadaModel.ReadConfig(options.Model).Denoiser.AudioWindow, seed), seed);
    }
}
