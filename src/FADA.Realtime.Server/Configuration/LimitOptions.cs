namespace FADA.Realtime.Server.Configuration;

/// <summary>
/// The section <c>Fada:Limits</c>: how often one caller, which is a key or else an address, may ask for what costs much.
/// Each 0 (no limit) to 100,000.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>Sessions made in a minute.</summary>
    public int SessionsPerMinute { get; set; } = 120;

    /// <summary>Avatars added in a minute.</summary>
    public int AvatarsPerMinute { get; set; } = 30;

    /// <summary>Viewers that come in a minute (WHEP).</summary>
    public int ViewersPerMinute { get; set; } = 1_200;
}
