using System.Collections.Concurrent;
using System.Text;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Server.Tests.Doubles;

/// <summary>Avatars that are drawn; a "portrait" is the text face, no-face, two-faces.</summary>
public sealed class DrawnCatalog(int size = 128) : IAvatarCatalog
{
    private readonly ConcurrentDictionary<string, AvatarInfo> _added = new();

    public ConcurrentQueue<LoudnessAnimator> Animators { get; } = new();

    /// <summary>Making an animator waits for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public IReadOnlyList<AvatarInfo> List() =>
    [
        new("default", "drawn", "synthetic", size, size),
        new("second", "drawn", "synthetic", size, size),
        .. _added.Values,
    ];

    public AvatarInfo Get(string name) =>
        List().FirstOrDefault(a => a.Name == name) ?? throw new AvatarException(AvatarFault.AvatarNotFound, $"There is no avatar '{name}'.");

    public Task<byte[]> PortraitAsync(string name, CancellationToken cancellation) =>
        Task.FromResult(Encoding.ASCII.GetBytes($"portrait of {Get(name).Name}"));

    public Task<AvatarInfo> CreateAsync(ReadOnlyMemory<byte> portrait, string name, string consent, CancellationToken cancellation)
    {
        if (consent.Length == 0)
            throw new AvatarException(AvatarFault.ConsentMissing, "The consent is missing.");
        if (List().Any(a => a.Name == name))
            throw new AvatarException(AvatarFault.NameTaken, $"There is an avatar '{name}' already.");
        return Encoding.ASCII.GetString(portrait.Span) switch
        {
            "face" => Task.FromResult(_added[name] = new AvatarInfo(name, "upload", consent, size, size)),
            "no-face" => throw new AvatarException(AvatarFault.NoFace, "No face was found."),
            "two-faces" => throw new AvatarException(AvatarFault.SeveralFaces, "Two faces were found."),
            _ => throw new AvatarException(AvatarFault.ImageUnreadable, "This is no picture."),
        };
    }

    public void Delete(string name)
    {
        if (Get(name).Name is "default" or "second")
            throw new AvatarException(AvatarFault.AvatarInUse, $"'{name}' stays.");
        _added.TryRemove(name, out _);
    }

    public IStyledAnimator CreateAnimator(string name, AnimatorOptions options)
    {
        Gate.Wait(TimeSpan.FromSeconds(30));
        var animator = new LoudnessAnimator(size, (byte)(name == "second" ? 120 : 190));
        Animators.Enqueue(animator);
        return animator;
    }
}
