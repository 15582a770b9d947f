using FADA.Realtime.Media.WebRtc;

namespace FADA.Realtime.Media.Sdp;

/// <summary>An offer, read and checked.</summary>
internal sealed class SdpOffer
{
    private const int MaxLength = 128 * 1024;
    private const int MaxSections = 32;
    private const int MaxCandidates = 40;

    private SdpOffer(List<SdpSection> sections, List<string> bundle)
    {
        Sections = sections;
        Bundle = bundle;
    }

    public IReadOnlyList<SdpSection> Sections { get; }

    /// <summary>The mids that share one transport; empty when the peer does not bundle.</summary>
    public IReadOnlyList<string> Bundle { get; }

    /// <exception cref="SdpException">The text is no offer that can be answered; the message says why.</exception>
    public static SdpOffer Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new SdpException("The offer is empty.");
        if (text.Length > MaxLength)
            throw new SdpException($"The offer has {text.Length} characters; {MaxLength} are allowed.");
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToList();
        if (lines[0] != "v=0")
            throw new SdpException("The offer does not start with v=0.");

        var reader = new Reader();
        for (var i = 1; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Length < 2 || line[1] != '=' || line[0] is < 'a' or > 'z')
                throw new SdpException($"Line {i + 1} of the offer is no SDP.");
            reader.Read(line[0], line[2..], i + 1);
        }
        return reader.Finish();
    }

    private sealed class Reader
    {
        private readonly SdpTransport _session = new();
        private readonly List<SdpSection> _sections = [];
        private readonly List<string> _bundle = [];

        public void Read(char type, string value, int line)
        {
            if (type == 'm')
                _sections.Add(ReadMedia(value, line));
            else if (type == 'a')
                ReadAttribute(value, line);
        }

        public SdpOffer Finish()
        {
            if (_sections.Count == 0)
                throw new SdpException("The offer has no media section.");
            var mids = new HashSet<string>(StringComparer.Ordinal);
            foreach (var section in _sections)
            {
                section.Transport.Inherit(_session);
                if (section.Mid is not null && !mids.Add(section.Mid))
                    throw new SdpException($"The offer uses the mid '{section.Mid}' twice.");
            }
            var unknown = _bundle.Find(mid => !mids.Contains(mid));
            if (unknown is not null)
                throw new SdpException($"The offer bundles the mid '{unknown}', which no media section has.");
            return new SdpOffer(_sections, _bundle);
        }

        private SdpSection ReadMedia(string value, int line)
        {
            if (_sections.Count == MaxSections)
                throw new SdpException($"The offer has more than {MaxSections} media sections.");
            var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 4 || !SdpSyntax.Token().IsMatch(parts[0]) || !SdpSyntax.Protocol().IsMatch(parts[2]) ||
                !int.TryParse(parts[1].Split('/')[0], out var port) || port is < 0 or > 65535 ||
                parts.Skip(3).Any(format => !SdpSyntax.Token().IsMatch(format)))
            {
                throw new SdpException($"Line {line} of the offer is no valid media line.");
            }
            return new SdpSection { Index = _sections.Count, Kind = parts[0], Port = port, Protocol = parts[2], Formats = parts[3..] };
        }

        private void ReadAttribute(string attribute, int line)
        {
            var section = _sections.Count > 0 ? _sections[^1] : null;
            var colon = attribute.IndexOf(':');
            var key = colon < 0 ? attribute : attribute[..colon];
            var value = colon < 0 ? "" : attribute[(colon + 1)..].Trim();
            if (!ReadTransport(section?.Transport ?? _session, key, value, line) && section is not null)
                ReadSectionAttribute(section, key, value, attribute, line);
            else if (section is null && key == "group" && value.StartsWith("BUNDLE ", StringComparison.Ordinal))
                _bundle.AddRange(value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Distinct());
        }

        private static bool ReadTransport(SdpTransport transport, string key, string value, int line)
        {
            switch (key)
            {
                case "ice-ufrag":
                    transport.Ufrag = Checked(SdpSyntax.IceUfrag().IsMatch(value), value, key, line);
                    return true;
                case "ice-pwd":
                    transport.Password = Checked(SdpSyntax.IcePassword().IsMatch(value), value, key, line);
                    return true;
                case "fingerprint":
                    transport.Fingerprint = Checked(SdpSyntax.Fingerprint().IsMatch(value), value, key, line);
                    return true;
                case "setup":
                    transport.Setup = Checked(value is "actpass" or "active" or "passive", value, key, line);
                    return true;
                default:
                    return false;
            }
        }

        private static void ReadSectionAttribute(SdpSection section, string key, string value, string attribute, int line)
        {
            switch (key)
            {
                case "mid":
                    section.Mid = Checked(SdpSyntax.Token().IsMatch(value), value, key, line);
                    break;
                case "sendrecv":
                    section.Direction = SdpDirection.SendReceive;
                    break;
                case "sendonly":
                    section.Direction = SdpDirection.SendOnly;
                    break;
                case "recvonly":
                    section.Direction = SdpDirection.ReceiveOnly;
                    break;
                case "inactive":
                    section.Direction = SdpDirection.Inactive;
                    break;
                case "rtcp-mux":
                    section.RtcpMux = true;
                    break;
                case "bundle-only":
                    section.BundleOnly = true;
                    break;
                case "rtpmap":
                    SdpCodecReader.ReadMap(section, value);
                    break;
                case "fmtp":
                    SdpCodecReader.ReadParameters(section, value);
                    break;
                case "rtcp-fb":
                    SdpCodecReader.ReadFeedback(section, value);
                    break;
                case "extmap":
                    SdpCodecReader.ReadExtension(section, value);
                    break;
                case "candidate" when section.Candidates.Count < MaxCandidates && SdpSyntax.Candidate().IsMatch(attribute):
                    section.Candidates.Add(attribute);
                    break;
            }
        }

        private static string Checked(bool valid, string value, string key, int line) =>
            valid ? value : throw new SdpException($"Line {line} of the offer has no valid {key}.");
    }
}
