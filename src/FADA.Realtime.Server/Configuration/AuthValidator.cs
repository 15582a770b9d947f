using System.Net;
using FADA.Realtime.Server.Auth;

namespace FADA.Realtime.Server.Configuration;

/// <summary>Refuses a section <c>Fada:Auth</c> that would keep nobody out, or everybody. Shows no secret, not even a wrong one.</summary>
internal static class AuthValidator
{
    /// <exception cref="FadaConfigurationException">The first value that will not do.</exception>
    public static void Check(FadaServerOptions options)
    {
        var auth = options.Auth;
        if (auth.Mode is { } mode && !Enum.IsDefined(mode))
            throw OptionsValidator.Refuse("Auth:Mode", mode, "Open or Keys");
        OptionsValidator.InRange("Auth:TokenLifetime", auth.TokenLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        CheckSecret(auth.TokenSecret);
        foreach (var (name, hash) in auth.Keys)
            CheckKey(name, hash);
        if (auth.Mode == AuthMode.Keys && auth.Keys.Count == 0)
            throw new FadaConfigurationException(
                "Fada:Auth:Mode is 'Keys' and there is no key, so nobody could enter; make one with 'fada serve --create-key NAME' and set the line that it prints.");
        if (auth is { Mode: null, Keys.Count: 0 } && !IPAddress.IsLoopback(IPAddress.Parse(options.Listen)))
            throw new FadaConfigurationException(
                $"On {options.Listen} everybody on the network could use this server; make a key with 'fada serve --create-key NAME' "
                + "and set the line that it prints, or let everybody in with Fada__Auth__Mode=Open.");
    }

    private static void CheckKey(string name, string hash)
    {
        if (!ApiKey.IsName(name))
            throw OptionsValidator.Refuse("Auth:Keys", name, "names of 1 to 64 letters, digits and single _, beginning with a letter");
        // The value may be a key in clear, put here by mistake.
        if (!ApiKey.IsHash(hash))
            throw new FadaConfigurationException(
                $"Fada:Auth:Keys:{name} is no hash of a key; it must be the 64 hexadecimal digits that 'fada serve --create-key {name}' prints.");
    }

    private static void CheckSecret(string secret)
    {
        var bytes = new byte[64];
        if (secret.Length > 0 && !(Convert.TryFromBase64String(secret, bytes, out var length) && length >= 32))
            throw new FadaConfigurationException("Fada:Auth:TokenSecret will not do; it must be 32 to 64 random bytes as base64, or empty.");
    }
}
