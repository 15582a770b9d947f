namespace FADA.Realtime.Server.Configuration;

/// <summary>The section <c>Fada:Ice</c>.</summary>
public sealed class IceOptions
{
    /// <summary>
    /// Addresses of this machine that media may use. Empty: the listen address where that is one address, else all.
    /// </summary>
    public IList<string> BindAddresses { get; set; } = [];

    /// <summary><c>stun://host:port</c>, asked for this machine's public address. Empty: none.</summary>
    public string StunServer { get; set; } = "";

    /// <summary><c>turn://user:password@host:port</c>, a relay for viewers behind strict firewalls. Empty: none.</summary>
    public string TurnServer { get; set; } = "";
}
