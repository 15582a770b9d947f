using Microsoft.Extensions.Configuration;

namespace FADA.Realtime.Server.Configuration;

/// <summary>Reads the section <c>Fada</c> strictly: an unknown or unreadable key stops the start.</summary>
public static class OptionsReader
{
    /// <exception cref="FadaConfigurationException">A value cannot be read or is out of range.</exception>
    public static FadaServerOptions Read(IConfiguration configuration)
    {
        var options = new FadaServerOptions();
        try
        {
            configuration.GetSection(FadaServerOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            // The binder's own sentence names the key and the value.
            var reason = e.InnerException is FormatException or null ? e.Message : $"{e.Message} ({e.InnerException.Message})";
            throw new FadaConfigurationException(reason.ReplaceLineEndings(" "), e);
        }

        OptionsValidator.Check(options);
        return options;
    }
}
