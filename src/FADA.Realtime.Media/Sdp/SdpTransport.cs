namespace FADA.Realtime.Media.Sdp;

/// <summary>ICE and DTLS attributes, of one section or of the whole offer.</summary>
internal sealed class SdpTransport
{
    public string? Ufrag { get; set; }

    public string? Password { get; set; }

    public string? Fingerprint { get; set; }

    public string? Setup { get; set; }

    /// <summary>What the section itself says goes before what the whole offer says.</summary>
    public void Inherit(SdpTransport session)
    {
        Ufrag ??= session.Ufrag;
        Password ??= session.Password;
        Fingerprint ??= session.Fingerprint;
        Setup ??= session.Setup;
    }
}
