namespace FADA.Realtime.Streaming.Animation;

/// <summary>The portraits this server can bring to life. Safe for use from many threads.</summary>
public interface IAvatarCatalog
{
    /// <summary>All avatars, the default one first; at least one.</summary>
    IReadOnlyList<AvatarInfo> List();

    /// <exception cref="AvatarException"><see cref="AvatarFault.AvatarNotFound"/>.</exception>
    AvatarInfo Get(string name);

    /// <summary>The portrait as PNG, at the size of the video.</summary>
    /// <exception cref="AvatarException"><see cref="AvatarFault.AvatarNotFound"/>.</exception>
    Task<byte[]> PortraitAsync(string name, CancellationToken cancellation);

    /// <summary>Finds the one face in a PNG, JPEG or WebP and keeps the avatar.</summary>
    /// <exception cref="AvatarException">The picture, the name or the consent will not do.</exception>
    Task<AvatarInfo> CreateAsync(ReadOnlyMemory<byte> portrait, string name, string consent, CancellationToken cancellation);

    /// <exception cref="AvatarException">There is none of that name, or it is the default one.</exception>
    void Delete(string name);

    /// <summary>
    /// A new talking face. May take a second or two (reference features, idle loop): call it off the request thread.
    /// The caller disposes it.
    /// </summary>
    /// <exception cref="AvatarException"><see cref="AvatarFault.AvatarNotFound"/> or <see cref="AvatarFault.ModelUnavailable"/>.</exception>
    IStyledAnimator CreateAnimator(string name, AnimatorOptions options);
}
