using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Streaming.Animation.Eyes;
using static TorchSharp.torch;

namespace FADA.Realtime.Streaming.Animation;

/// <summary>
/// Everything about an avatar that sessions share: reference features, compositor, and the idle loop with its latents.
/// Read-only once made.
/// </summary>
public sealed class PreparedAvatar : IDisposable
{
    /// <summary>Three seconds of listening, played forth and back, so that the loop closes by itself.</summary>
    private const int IdleFrames = 72;
    private const int IdleWindow = 8;
    private readonly List<VideoFrame> _idle = [];
    private readonly List<Tensor> _idleLatents = [];

    /// <param name="portrait">The picture at the size of the video.</param>
    /// <param name="toCrop">Picture pixels to crop pixels.</param>
    /// <param name="lids">Null: this face does not blink.</param>
    public PreparedAvatar(FadaModel model, RgbImage portrait, CropTransform toCrop, EyeLids? lids = null)
    {
        Model = model;
        Lids = lids;
        Compositor = new FaceCompositor(portrait, toCrop, FaceWindow.Box(FaceCrop.Size));
        using (NewDisposeScope())
        {
            ReferenceCrop = ToTensor(FaceCrop.Extract(portrait, toCrop)).to(model.Device).DetachFromDisposeScope();
            Identity = Identity.Create(model, ReferenceCrop);
            // From differences in -1..1 to 8-bit steps of Y, U and V.
            ToYuv = (tensor(I420.Matrix, [3, 3], device: model.Device).t() * 127.5f).contiguous().DetachFromDisposeScope();
        }
        MakeIdleLoop();
    }

    public FadaModel Model { get; }

    /// <summary>Closes the eyes of its pictures; null where the portrait has no open ones.</summary>
    public EyeLids? Lids { get; }
    public Identity Identity { get; }

    /// <summary>(1, 3, 256, 256), -1..1.</summary>
    public Tensor ReferenceCrop { get; }

    /// <summary>(3, 3): a row of RGB differences in -1..1 times this is dY, dU, dV in 8-bit steps.</summary>
    public Tensor ToYuv { get; }
    public FaceCompositor Compositor { get; }
    public IReadOnlyList<VideoFrame> Idle => _idle;

    /// <summary>Latents (2, 8, 16, 16) of an idle frame and the one before it: the motion frames of a turn that starts there.</summary>
    public Tensor MotionAt(int idleFrame) =>
        stack([_idleLatents[(idleFrame + _idleLatents.Count - 1) % _idleLatents.Count], _idleLatents[idleFrame % _idleLatents.Count]]);

    public void Dispose()
    {
        Identity.Dispose();
        ReferenceCrop.Dispose();
        ToYuv.Dispose();
        _idleLatents.ForEach(t => t.Dispose());
    }

    /// <summary>(1, 3, 256, 256), -1..1, on the CPU.</summary>
    public static Tensor ToTensor(RgbImage crop)
    {
        using var scope = NewDisposeScope();
        return (tensor(crop.Data, [1, crop.Height, crop.Width, 3], device: CPU).permute(0, 3, 1, 2).to(ScalarType.Float32) / 127.5 - 1).MoveToOuterDisposeScope();
    }

    private void MakeIdleLoop()
    {
        using var generator = new WindowGenerator(this, seed: 1);
        using var motion = Identity.Latent.expand(Model.Config.Denoiser.MotionFrames, -1, -1, -1);
        generator.Begin(motion);
        var silence = new float[(IdleWindow + SpeechClock.LookAheadFrames) * SpeechClock.SamplesPerFrame];
        for (var made = 0; made < IdleFrames; made += IdleWindow)
        {
            using var scope = NewDisposeScope();
            var frames = Enumerable.Range(0, IdleWindow).Select(_ => new VideoFrame(Compositor.Width, Compositor.Height)).ToArray();
            var latents = generator.Next(silence, frames, new SamplingStyle(Model.Config));
            _idle.AddRange(frames);
            _idleLatents.AddRange(latents.unbind(0).Select(t => t.clone().DetachFromDisposeScope()));
        }
        for (var i = IdleFrames - 2; i > 0; i--)
        {
            _idle.Add(_idle[i]);
            _idleLatents.Add(_idleLatents[i].alias().DetachFromDisposeScope());
        }
    }
}
