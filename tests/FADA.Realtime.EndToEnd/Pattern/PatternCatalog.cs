using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.EndToEnd.Pattern;

/// <summary>Two avatars without a model: "pattern", and "late", whose flash comes 200 ms after its sound.</summary>
internal sealed class PatternCatalog : IAvatarCatalog
{
    public const int LateFrames = 5;

    private static readonly AvatarInfo[] Avatars =
    [
        new("pattern", "test", "synthetic", PatternAnimator.Size, PatternAnimator.Size),
        new("late", "test", "synthetic", PatternAnimator.Size, PatternAnimator.Size),
    ];

    public IReadOnlyList<AvatarInfo> List() => Avatars;

    public AvatarInfo Get(string name) =>
        Avatars.FirstOrDefault(a => a.Name == name) ?? throw new AvatarException(AvatarFault.AvatarNotFound, $"There is no avatar '{name}'.");

    public Task<byte[]> PortraitAsync(string name, CancellationToken cancellation) => Task.FromResult(Array.Empty<byte>());

    public Task<AvatarInfo> CreateAsync(ReadOnlyMemory<byte> portrait, string name, string consent, CancellationToken cancellation) =>
        throw new AvatarException(AvatarFault.NoFace, "The pattern server takes no portraits.");

    public void Delete(string name) => throw new AvatarException(AvatarFault.AvatarInUse, "The patterns stay.");

    public IStyledAnimator CreateAnimator(string name, AnimatorOptions options) => new PatternAnimator(name == "late" ? LateFrames : 0);
}
