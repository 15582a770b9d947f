using System.Net;
using FADA.Realtime.Media.WebRtc;
using FADA.Realtime.Server.Configuration;

namespace FADA.Realtime.Server.WebRtc;

/// <summary>The ICE section in the words of the media engine, of browsers and of WHEP's Link header.</summary>
internal static class IceSettings
{
    public static WebRtcOptions ToWebRtc(FadaServerOptions options) => new()
    {
        BindAddresses = BindAddresses(options),
        StunServer = options.Ice.StunServer.Length == 0 ? null : options.Ice.StunServer,
        TurnServers = options.Ice.TurnServer.Length == 0 ? [] : [options.Ice.TurnServer],
    };

    /// <summary>For <c>new RTCPeerConnection({ iceServers })</c>.</summary>
    public static IReadOnlyList<IceServer> ForBrowsers(IceOptions ice)
    {
        var servers = new List<IceServer>();
        if (ice.StunServer.Length > 0)
            servers.Add(new IceServer(Opaque(new Uri(ice.StunServer)), null, null));
        if (ice.TurnServer.Length > 0)
        {
            var uri = new Uri(ice.TurnServer);
            var login = uri.UserInfo.Split(':', 2);
            servers.Add(new IceServer(Opaque(uri), Uri.UnescapeDataString(login[0]), Uri.UnescapeDataString(login.ElementAtOrDefault(1) ?? "")));
        }

        return servers;
    }

    /// <summary>One Link header each, as RFC 9725 section 4.6 writes them.</summary>
    public static string[] LinkHeaders(IceOptions ice) =>
    [
        .. ForBrowsers(ice).Select(s => s.Username is null
            ? $"<{s.Urls}>; rel=\"ice-server\""
            : $"<{s.Urls}>; rel=\"ice-server\"; username=\"{s.Username}\"; credential=\"{s.Credential}\"; credential-type=\"password\""),
    ];

    private static IReadOnlyList<string> BindAddresses(FadaServerOptions options)
    {
        if (options.Ice.BindAddresses.Count > 0)
            return [.. options.Ice.BindAddresses];
        var listen = IPAddress.Parse(options.Listen);
        return listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any) ? [] : [options.Listen];
    }

    private static string Opaque(Uri uri) => uri.Port > 0 ? $"{uri.Scheme}:{uri.Host}:{uri.Port}" : $"{uri.Scheme}:{uri.Host}";
}
