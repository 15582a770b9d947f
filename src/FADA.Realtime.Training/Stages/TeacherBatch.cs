using FADA.Realtime.Training.Clips;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Stages;

/// <summary>One batch of windows: clean latents, the reference, the motion frames, and what is heard.</summary>
internal sealed record TeacherBatch(Tensor Latents, Tensor Reference, Tensor Motion, Tensor Audio, Tensor LipCode)
{
    /// <summary>Draws windows from training clips.</summary>
    /// <param name="count">Windows.</param>
    /// <param name="frames">New frames in each.</param>
    public static TeacherBatch Draw(TeacherOptions options, ClipStore clips, LatentCache latents, AudioCache audio, Random dice, int count, int frames)
    {
        var rows = Enumerable.Range(0, count).Select(_ =>
        {
            var clip = Enumerable.Range(0, 100).Select(_ => clips.Draw(dice, options.MainShare)).First(c => c.Frames >= frames + options.Denoiser.MotionFrames);
            return Window(options, clips, latents, audio, clip, dice.Next(latents.Looks(clip)), dice.Next(audio.Takes), Start(options, clips, clip, frames, dice), frames, dice);
        }).ToList();
        return new TeacherBatch(
            stack(rows.Select(r => r.Latents)), stack(rows.Select(r => r.Reference)), stack(rows.Select(r => r.Motion)),
            stack(rows.Select(r => r.Audio)), stack(rows.Select(r => r.LipCode)));
    }

    // Of three places the one with the most open mouth, half of the time: open mouths are rare in GRID.
    private static int Start(TeacherOptions options, ClipStore clips, Clip clip, int frames, Random dice)
    {
        var code = clips.LipCodes[clip];
        var first = options.Denoiser.MotionFrames;
        return Enumerable.Range(0, dice.Next(2) == 0 ? 3 : 1).Select(_ => dice.Next(first, clip.Frames - frames + 1))
            .MaxBy(s => Enumerable.Range(s, frames).Sum(f => code[f * Clips.LipCode.Size]));
    }

    private static (Tensor Latents, Tensor Reference, Tensor Motion, Tensor Audio, Tensor LipCode) Window(
        TeacherOptions options, ClipStore clips, LatentCache latents, AudioCache audio, Clip clip, int look, int take, int start, int frames, Random dice)
    {
        var all = latents.Of(clip, look).to(ScalarType.Float32);                            // (T, 8, 16, 16)
        var m = options.Denoiser.MotionFrames;
        // A reference from elsewhere in the clip; the first frame often, since that is what evaluation and users give.
        var at = dice.Next(4) == 0 ? 0 : dice.Next(clip.Frames);
        if (Math.Abs(at - start) < 10)
            at = (start + clip.Frames / 2) % clip.Frames;
        var reference = all[at];
        var motion = dice.NextDouble() < options.MotionAsReference
            ? reference.unsqueeze(0).expand(m, -1, -1, -1)
            : all.narrow(0, start - m, m);
        motion = motion + randn_like(motion) * all.std() * options.MotionNoise * dice.NextDouble();
        var (features, predicted) = audio.Of(clip, take);
        var code = predicted.narrow(0, start, frames);
        if (dice.NextDouble() < options.TrueLipCode)
            code = tensor(clips.LipCodes[clip].AsSpan(start * Clips.LipCode.Size, frames * Clips.LipCode.Size).ToArray(), [frames, Clips.LipCode.Size]);
        return (all.narrow(0, start, frames), reference, motion, features.narrow(0, start, frames), code + randn_like(code) * 0.05);
    }
}
