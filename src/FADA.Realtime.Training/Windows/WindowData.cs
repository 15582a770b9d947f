using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Clips;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Windows;

/// <summary>Draws windows of latents with what is heard, from training clips or from a held-out one.</summary>
internal sealed class WindowData(WindowOptions options, ClipStore clips, LatentCache latents, AudioCache audio, int motionFrames) : IDisposable
{
    // What is shown moves only there, so nothing else is learned.
    private readonly Tensor _window = FaceWindow.Create((int)latents.Of(clips.All[0], 0).shape[^1]).DetachFromDisposeScope();

    private readonly FreshLooks? _fresh = options.FreshLooks > 0 ? new FreshLooks(options.Vae) : null;

    public ClipStore Clips => clips;
    public LatentCache Latents => latents;
    public AudioCache Audio => audio;

    /// <summary>The frames of a window, as often as sessions use them.</summary>
    public static int DrawLength(Random dice) => dice.NextDouble() switch { < 0.6 => 8, < 0.85 => 4, _ => 2 };

    /// <param name="count">Windows.</param>
    /// <param name="frames">New frames in each.</param>
    public WindowBatch Draw(Random dice, int count, int frames)
    {
        var rows = Enumerable.Range(0, count).Select(_ =>
        {
            var clip = Enumerable.Range(0, 100).Select(_ => clips.Draw(dice, options.MainShare)).First(c => c.Frames >= frames + motionFrames);
            return Window(clip, dice.Next(audio.Takes), Start(clip, frames, dice), frames, dice);
        }).ToList();
        return new WindowBatch(
            stack(rows.Select(r => r.Latents)), stack(rows.Select(r => r.Reference)), stack(rows.Select(r => r.Motion)),
            stack(rows.Select(r => r.Audio)), stack(rows.Select(r => r.LipCode)))
        {
            Places = rows.Select(r => r.Place).ToList(),
        };
    }

    /// <summary>The middle window of a held-out clip, with the first frame as reference and the predicted lip code.</summary>
    public WindowBatch Held(Clip clip, int frames)
    {
        var (all, start) = (latents.Of(clip, 0).to(ScalarType.Float32), clip.Frames / 2);
        all = Moving(all, all[0]);
        var (features, code) = audio.Of(clip, 0);
        return new WindowBatch(all.narrow(0, start, frames).unsqueeze(0), all[0].unsqueeze(0), all.narrow(0, start - motionFrames, motionFrames).unsqueeze(0),
            features.narrow(0, start, frames).unsqueeze(0), code.narrow(0, start, frames).unsqueeze(0))
        {
            Places = [new WindowPlace(clip, start, 0, 0)],
        };
    }

    public void Dispose()
    {
        _window.Dispose();
        _fresh?.Dispose();
        latents.Dispose();
        audio.Dispose();
    }

    private Tensor Moving(Tensor all, Tensor reference) => reference + (all - reference) * _window.squeeze(0);

    // Of three places the one with the most open mouth, half of the time: open mouths are rare in GRID.
    private int Start(Clip clip, int frames, Random dice)
    {
        var code = clips.LipCodes[clip];
        return Enumerable.Range(0, dice.Next(2) == 0 ? 3 : 1).Select(_ => dice.Next(motionFrames, clip.Frames - frames + 1))
            .MaxBy(s => Enumerable.Range(s, frames).Sum(f => code[f * LipCode.Size]));
    }

    private (Tensor Latents, Tensor Reference, Tensor Motion, Tensor Audio, Tensor LipCode, WindowPlace Place) Window(
        Clip clip, int take, int start, int frames, Random dice)
    {
        var m = motionFrames;
        // A reference from elsewhere in the clip; the first frame often, since that is what evaluation and users give.
        var at = dice.Next(4) == 0 ? 0 : dice.Next(clip.Frames);
        if (Math.Abs(at - start) < 10)
            at = (start + clip.Frames / 2) % clip.Frames;
        var (seen, reference, look) = Seen(clip, at, start - m, m + frames, dice);           // motion frames and window
        seen = Moving(seen, reference);
        var motion = dice.NextDouble() < options.MotionAsReference
            ? reference.unsqueeze(0).expand(m, -1, -1, -1)
            : seen.narrow(0, 0, m);
        motion = motion + randn_like(motion) * seen.std() * options.MotionNoise * dice.NextDouble();
        var (features, predicted) = audio.Of(clip, take);
        var code = predicted.narrow(0, start, frames);
        if (dice.NextDouble() < options.TrueLipCode)
            code = tensor(clips.LipCodes[clip].AsSpan(start * LipCode.Size, frames * LipCode.Size).ToArray(), [frames, LipCode.Size]);
        return (seen.narrow(0, m, frames), reference, motion, features.narrow(0, start, frames), code + randn_like(code) * 0.05, new WindowPlace(clip, start, look, at));
    }

    // Frames from a place on, and the reference, in one look; -1: a fresh one.
    private (Tensor Frames, Tensor Reference, int Look) Seen(Clip clip, int at, int from, int count, Random dice)
    {
        if (_fresh is not null && dice.NextDouble() < options.FreshLooks)
        {
            var encoded = _fresh.Encode(clip, [at, .. Enumerable.Range(from, count)], dice);
            return (encoded.narrow(0, 1, count), encoded[0], -1);
        }
        var look = dice.Next(latents.Looks(clip));
        var all = latents.Of(clip, look);                                                    // (T, 8, 16, 16)
        return (all.narrow(0, from, count).to(ScalarType.Float32), all[at].to(ScalarType.Float32), look);
    }
}
