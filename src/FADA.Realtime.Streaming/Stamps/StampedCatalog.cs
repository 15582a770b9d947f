using System.Runtime.CompilerServices;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Streaming.Stamps;

/// <summary>A catalog whose faces carry a <see cref="MeasuringStamp"/>, for measuring a server from its viewers' side.</summary>
public sealed class StampedCatalog(IAvatarCatalog inner) : IAvatarCatalog
{
    // Sessions of one avatar share its idle loop, stamped or not.
    private readonly ConditionalWeakTable<IReadOnlyList<VideoFrame>, IReadOnlyList<VideoFrame>> _loops = [];

    public IReadOnlyList<AvatarInfo> List() => inner.List();

    public AvatarInfo Get(string name) => inner.Get(name);

    public Task<byte[]> PortraitAsync(string name, CancellationToken cancellation) => inner.PortraitAsync(name, cancellation);

    public Task<AvatarInfo> CreateAsync(ReadOnlyMemory<byte> portrait, string name, string consent, CancellationToken cancellation) =>
        inner.CreateAsync(portrait, name, consent, cancellation);

    public void Delete(string name) => inner.Delete(name);

    public IStyledAnimator CreateAnimator(string name, AnimatorOptions options)
    {
        var animator = inner.CreateAnimator(name, options);
        return new StampedAnimator(animator, _loops.GetValue(animator.Idle, Stamp));
    }

    private static IReadOnlyList<VideoFrame> Stamp(IReadOnlyList<VideoFrame> loop)
    {
        // A loop that runs forth and back shows the same picture twice.
        var copies = new Dictionary<VideoFrame, VideoFrame>(ReferenceEqualityComparer.Instance);
        return [.. loop.Select(frame =>
        {
            if (!copies.TryGetValue(frame, out var copy))
            {
                copies[frame] = copy = new VideoFrame(frame.Width, frame.Height);
                frame.Data.CopyTo(copy.Data, 0);
                MeasuringStamp.Paint(copy, turn: false, loud: false);
            }

            return copy;
        })];
    }
}
