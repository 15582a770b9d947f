namespace FADA.Realtime.Media.Sdp;

/// <summary>
/// Codec attributes of a section. What does not look as expected is left out rather than refused: browsers offer much
/// that is of no interest here.
/// </summary>
internal static class SdpCodecReader
{
    public static void ReadMap(SdpSection section, string value)
    {
        var match = SdpSyntax.RtpMap().Match(value);
        if (!match.Success)
            return;
        var payload = int.Parse(match.Groups[1].ValueSpan);
        if (payload <= 127)
            section.Codecs[payload] = new SdpCodec(payload, match.Groups[2].Value, int.Parse(match.Groups[3].ValueSpan), match.Groups[5].Success ? match.Groups[5].Value : null);
    }

    public static void ReadParameters(SdpSection section, string value)
    {
        var match = SdpSyntax.FormatParameters().Match(value);
        if (match.Success && section.Codecs.TryGetValue(int.Parse(match.Groups[1].ValueSpan), out var codec))
            codec.Parameters = match.Groups[2].Value.Trim();
    }

    public static void ReadFeedback(SdpSection section, string value)
    {
        var match = SdpSyntax.Feedback().Match(value);
        if (!match.Success)
            return;
        if (match.Groups[1].Value == "*")
        {
            foreach (var codec in section.Codecs.Values)
                codec.Feedback.Add(match.Groups[2].Value);
        }
        else if (section.Codecs.TryGetValue(int.Parse(match.Groups[1].ValueSpan), out var codec))
        {
            codec.Feedback.Add(match.Groups[2].Value);
        }
    }

    public static void ReadExtension(SdpSection section, string value)
    {
        var match = SdpSyntax.Extension().Match(value);
        if (match.Success && int.Parse(match.Groups[1].ValueSpan) is >= 1 and <= 14 and var id)
            section.Extensions[match.Groups[3].Value] = id;
    }
}
