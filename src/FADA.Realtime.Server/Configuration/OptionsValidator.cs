using System.Globalization;
using System.Net;
using FADA.Realtime.Media.Speech;
using FADA.Realtime.Model.Runtime;

namespace FADA.Realtime.Server.Configuration;

/// <summary>Refuses values that the server could not keep, each with key, value and allowed range.</summary>
public static class OptionsValidator
{
    /// <exception cref="FadaConfigurationException">The first value that will not do.</exception>
    public static void Check(FadaServerOptions options)
    {
        if (!IPAddress.TryParse(options.Listen, out _))
            throw Refuse("Listen", options.Listen, "an IP address such as 127.0.0.1, or 0.0.0.0 for every network");
        // gRPC takes the next port where it is given none.
        InRange("Port", options.Port, 0, options.GrpcPort is null ? 65534 : 65535);
        InRange("GrpcPort", options.GrpcPort ?? 0, 0, 65535);
        if (options.Port != 0 && options.EffectiveGrpcPort == options.Port)
            throw Refuse("GrpcPort", options.GrpcPort, $"another port than Fada:Port ({options.Port})");

        if (!DeviceSelector.IsDevice(options.Device))
            throw Refuse("Device", options.Device, DeviceSelector.Allowed);
        InRange("MaxSessions", options.MaxSessions, 1, 64);
        InRange("MaxViewersPerSession", options.MaxViewersPerSession, 1, 256);
        InRange("IdleTimeout", options.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        InRange("MaxPortraitBytes", options.MaxPortraitBytes, 1024, 100L << 20);
        InRange("MaxSpeechBytes", options.MaxSpeechBytes, 1024, 500L << 20);
        InRange("MaxTextLength", options.MaxTextLength, 1, EspeakSynthesizer.MaxTextLength);
        InRange("ShutdownTimeout", options.ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        InRange("Limits:SessionsPerMinute", options.Limits.SessionsPerMinute, 0, 100_000);
        InRange("Limits:AvatarsPerMinute", options.Limits.AvatarsPerMinute, 0, 100_000);
        InRange("Limits:ViewersPerMinute", options.Limits.ViewersPerMinute, 0, 100_000);
        InRange("Recording:MaxDuration", options.Recording.MaxDuration, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        InRange("Recording:MaxBytes", options.Recording.MaxBytes, 1_000_000, 100_000_000_000);
        CheckIce(options.Ice);
        AuthValidator.Check(options);
    }

    private static void CheckIce(IceOptions ice)
    {
        foreach (var address in ice.BindAddresses)
        {
            if (!IPAddress.TryParse(address, out _))
                throw Refuse("Ice:BindAddresses", address, "IP addresses of this machine");
        }

        CheckServer("Ice:StunServer", ice.StunServer, "stun://host:port", "stun");
        CheckServer("Ice:TurnServer", ice.TurnServer, "turn://user:password@host:port", "turn", "turns");
    }

    private static void CheckServer(string key, string value, string shape, params string[] schemes)
    {
        if (value.Length == 0)
            return;
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || !schemes.Contains(uri.Scheme) || uri.Host.Length == 0)
            throw Refuse(key, value, $"{shape}, or empty");
    }

    internal static void InRange<T>(string key, T value, T least, T most)
        where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            throw Refuse(key, value, $"{Show(least)} to {Show(most)}");
    }

    private static string Show(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    internal static FadaConfigurationException Refuse(string key, object? value, string allowed) =>
        new(FormattableString.Invariant($"{FadaServerOptions.Section}:{key} is '{value}'; it must be {allowed}."));
}
