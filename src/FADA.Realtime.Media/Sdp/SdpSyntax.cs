using System.Text.RegularExpressions;

namespace FADA.Realtime.Media.Sdp;

/// <summary>
/// The only characters that reach GStreamer from outside. webrtcbin asserts (and so ends the process) on some faults
/// in an SDP, therefore nothing that was not checked here is handed on.
/// </summary>
internal static partial class SdpSyntax
{
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`{|}~-]{1,64}$")]
    public static partial Regex Token();

    [GeneratedRegex(@"^[A-Za-z0-9/]{1,40}$")]
    public static partial Regex Protocol();

    [GeneratedRegex(@"^[A-Za-z0-9+/]{4,256}$")]
    public static partial Regex IceUfrag();

    [GeneratedRegex(@"^[A-Za-z0-9+/]{22,256}$")]
    public static partial Regex IcePassword();

    [GeneratedRegex(@"^sha-(1|224|256|384|512) [0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$")]
    public static partial Regex Fingerprint();

    [GeneratedRegex(@"^(\d{1,3}) ([A-Za-z0-9_.-]{1,40})/(\d{1,6})(/(\d))?$")]
    public static partial Regex RtpMap();

    [GeneratedRegex(@"^(\d{1,3}) ([A-Za-z0-9_.,;:=/+ -]{1,300})$")]
    public static partial Regex FormatParameters();

    [GeneratedRegex(@"^(\d{1,3}|\*) ([a-z-]{1,20}( [a-z-]{1,20})?)$")]
    public static partial Regex Feedback();

    [GeneratedRegex(@"^(\d{1,2})(/[a-z]+)? ([A-Za-z0-9:/.#_-]{1,150})$")]
    public static partial Regex Extension();

    /// <summary>UDP to an address: browsers' mDNS names (".local") and TCP candidates are of no use here.</summary>
    [GeneratedRegex(@"^candidate:[A-Za-z0-9+/]{1,32} [12] (?i:udp) \d{1,10} [0-9A-Fa-f:.]{2,45} \d{1,5} typ (host|srflx|prflx|relay)( [a-z-]{1,20} [A-Za-z0-9:.+/-]{1,64}){0,8}$")]
    public static partial Regex Candidate();
}
