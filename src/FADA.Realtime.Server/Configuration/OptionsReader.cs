using Microsoft.Extensions.Configuration;

namespace FADA.Realtime.Server.Configuration;

/// <summary>Reads the section <c>Fada</c> strictly: an unknown or unreadable key stops the start.</summary>
public static class OptionsReader
{
    /// <param name="configuration">With the section.</param>
    /// <param name="change">What stands above the configuration, such as a command line; judged together with it.</param>
    /// <exception cref="FadaConfigurationException">A value cannot be read or is out of range.</exception>
    public static FadaServerOptions Read(IConfiguration configuration, Action<FadaServerOptions>? change = null)
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

        change?.Invoke(options);
        OptionsValidator.Check(options);
        return options;
    }
}
