namespace FADA.Realtime.Server.Configuration;

/// <summary>Who may enter.</summary>
public enum AuthMode
{
    /// <summary>Everybody who reaches the port; one session's viewers and microphones still need its token.</summary>
    Open,

    /// <summary>Backends with a key, and what they hand a session token to.</summary>
    Keys,
}
