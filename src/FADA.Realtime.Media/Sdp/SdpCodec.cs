namespace FADA.Realtime.Media.Sdp;

/// <summary>One payload type of a media section.</summary>
internal sealed record SdpCodec(int PayloadType, string Name, int ClockRate, string? Channels)
{
    /// <summary>The format parameters as written, or empty.</summary>
    public string Parameters { get; set; } = "";

    public HashSet<string> Feedback { get; } = [];

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>One format parameter, such as "packetization-mode"; null when it is not given.</summary>
    public string? Parameter(string key)
    {
        foreach (var pair in Parameters.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var split = pair.IndexOf('=');
            if (split > 0 && pair[..split].Equals(key, StringComparison.OrdinalIgnoreCase))
                return pair[(split + 1)..];
        }
        return null;
    }
}
