namespace FADA.Realtime.Server.Auth;

/// <summary>What a token's holder may do in its session.</summary>
[Flags]
internal enum SessionRole : byte
{
    None = 0,

    /// <summary>Watch, by WHEP.</summary>
    Viewer = 1,

    /// <summary>Let the face speak: WHIP, a conversation, samples, texts and sound files; and interrupt it.</summary>
    Microphone = 2,

    /// <summary>All of it, and close the session.</summary>
    Both = Viewer | Microphone,
}
