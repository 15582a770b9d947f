namespace FADA.Realtime.Server.WebRtc;

/// <summary>One candidate of an SDP fragment (RFC 8840).</summary>
/// <param name="MediaIndex">Of the media section it belongs to.</param>
/// <param name="Candidate">Without <c>a=</c>.</param>
internal sealed record TrickledCandidate(int MediaIndex, string Candidate)
{
    private const int Most = 64;

    /// <summary>Candidates of host names (mDNS) are left out: they resolve on the peer's own network only.</summary>
    public static IReadOnlyList<TrickledCandidate> Parse(string fragment)
    {
        var candidates = new List<TrickledCandidate>();
        var media = 0;
        foreach (var line in fragment.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // Everything is bundled on the first section's transport; a mid that is no number is taken as that.
            if (line.StartsWith("a=mid:", StringComparison.Ordinal))
                media = int.TryParse(line.AsSpan(6), out var mid) && mid is >= 0 and < 8 ? mid : 0;
            else if (line.StartsWith("a=candidate:", StringComparison.Ordinal) && !line.Contains(".local ", StringComparison.OrdinalIgnoreCase) && candidates.Count < Most)
                candidates.Add(new TrickledCandidate(media, line[2..]));
        }

        return candidates;
    }
}
