namespace FADA.Realtime.Streaming.Animation;

/// <summary>A portrait that can speak.</summary>
/// <param name="Name">[a-z0-9-]{1,64}, unique in its catalog.</param>
/// <param name="Source">Where the picture came from.</param>
/// <param name="Consent">Who agreed to its use; "synthetic" where nobody real is shown.</param>
/// <param name="Width">Of the video, pixels, even.</param>
/// <param name="Height">Of the video, pixels, even.</param>
public sealed record AvatarInfo(string Name, string Source, string Consent, int Width, int Height);
