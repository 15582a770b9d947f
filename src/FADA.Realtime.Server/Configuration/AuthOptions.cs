namespace FADA.Realtime.Server.Configuration;

/// <summary>The section <c>Fada:Auth</c>: who may do what.</summary>
public sealed class AuthOptions
{
    /// <summary>
    /// Who may enter. Unset: <see cref="AuthMode.Keys"/> where there are keys, else <see cref="AuthMode.Open"/>, which a
    /// server that listens beyond this machine then refuses to start with.
    /// </summary>
    public AuthMode? Mode { get; set; }

    /// <summary>
    /// The keys of backends: a name (a-z, 0-9 and _) and the SHA-256 of the key, 64 hexadecimal digits, as
    /// <c>fada serve --create-key NAME</c> prints them. Never the key itself.
    /// </summary>
    public IDictionary<string, string> Keys { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long a session's token opens its doors, 1 min to 1 day. What is connected then stays connected.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// What signs tokens: 32 to 64 bytes as base64, the same on machines that are to take each other's tokens. Empty: a
    /// random one, which ends with the process, as its sessions do.
    /// </summary>
    public string TokenSecret { get; set; } = "";

    /// <summary>The mode that holds.</summary>
    public AuthMode EffectiveMode => Mode ?? (Keys.Count > 0 ? AuthMode.Keys : AuthMode.Open);
}
