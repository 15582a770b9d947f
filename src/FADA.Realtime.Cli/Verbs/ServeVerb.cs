using System.CommandLine;
using System.Net;
using FADA.Realtime.Cli.Output;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Server;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.Streaming.Stamps;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada serve`: the live server.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var defaults = new FadaServerOptions();
        var port = new Option<int>("--port") { Description = "Port of the page, WHEP and WHIP; gRPC takes the next one. 0 takes free ones.", HelpName = "N", DefaultValueFactory = _ => defaults.Port }.InRange(0, 65534);
        var host = new Option<string>("--host") { Description = "IP address to listen on; 0.0.0.0 opens the server to the network.", HelpName = "H", DefaultValueFactory = _ => defaults.Listen };
        host.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IPAddress.TryParse(token.Value, out _))
                result.AddError($"--host must be an IP address such as 127.0.0.1, not '{token.Value}'");
        });
        var (avatars, model) = (CommonOptions.Avatars(), CommonOptions.Model());
        var device = CommonOptions.Device();
        var sessions = new Option<int>("--max-sessions") { Description = "Faces that can live at once.", HelpName = "N", DefaultValueFactory = _ => defaults.MaxSessions }.InRange(1, 64);
        var newKey = new Option<string>("--create-key") { Description = "Print a new key for a backend, and the setting that makes the server take it; then stop.", HelpName = "NAME" };
        newKey.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ApiKey.IsName(token.Value))
                result.AddError($"--create-key must be 1 to 64 letters, digits and single _, beginning with a letter, not '{token.Value}'");
        });
        var drain = new Option<int>("--drain") { Description = "Seconds that running turns may go on when the server is told to stop.", HelpName = "S", DefaultValueFactory = _ => (int)defaults.ShutdownTimeout.TotalSeconds }.InRange(0, 300);
        var stamp = new Option<bool>("--stamp") { Description = "Mark the pictures for measuring: what 'fada bench latency --url' needs." };
        var json = CommonOptions.Json("Print the addresses as one line of JSON when the server is ready.");
        var command = new Command("serve", "Starts the live server and prints its address.") { port, host, avatars, model, device, sessions, drain, newKey, stamp, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(newKey) is { } owner)
            {
                Tell(ApiKey.Create(owner), parsed.GetValue(json));
                return ExitCode.Done;
            }

            // Before the model is loaded: a wrong setting is told at once.
            var options = OptionsReader.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build(), o =>
            {
                o.Listen = parsed.GetResult(host) is { Implicit: false } ? parsed.GetRequiredValue(host) : o.Listen;
                o.Port = parsed.GetResult(port) is { Implicit: false } ? parsed.GetValue(port) : o.Port;
                o.ShutdownTimeout = parsed.GetResult(drain) is { Implicit: false } ? TimeSpan.FromSeconds(parsed.GetValue(drain)) : o.ShutdownTimeout;
                o.Device = parsed.GetResult(device) is { Implicit: false } ? parsed.GetRequiredValue(device) : o.Device;
                o.MaxSessions = parsed.GetResult(sessions) is { Implicit: false } ? parsed.GetValue(sessions) : o.MaxSessions;
            });
            var folder = parsed.GetValue(avatars) ?? (options.AvatarFolder.Length > 0 ? new DirectoryInfo(options.AvatarFolder) : null);
            var runtime = TorchRuntime.Initialize();
            var place = DeviceSelector.Choose(options.Device);
            options.Device = place.Name;
            using var catalog = new AvatarCatalog(ProductFiles.Catalog(parsed.GetValue(model), folder, place), TimeProvider.System);
            // Loaded before listening: a server without a model would refuse every session.
            var name = catalog.Model.Config.Name;
            IAvatarCatalog shown = parsed.GetValue(stamp) ? new StampedCatalog(catalog) : catalog;
            await FadaServer.RunAsync(options, shown, server => Announce(server, options, name, runtime, place, parsed.GetValue(json)), LogToStandardError, cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Announce(FadaServer server, FadaServerOptions options, string model, TorchRuntimeInfo runtime, DeviceChoice device, bool json)
    {
        if (json)
        {
            JsonOutput.Write(new { Url = server.PageAddress, GrpcUrl = server.GrpcAddress, Model = model, Device = device.Name, DeviceReason = device.Reason, Precision = device.PrecisionName, runtime.Threads });
            return;
        }

        Console.WriteLine($"model {model}, {device.PrecisionName}, libtorch {runtime.Version}");
        Console.WriteLine($"on    {device.Name} ({device.Reason})");
        Console.WriteLine($"gRPC  {server.GrpcAddress}");
        if (options.Auth.EffectiveMode == AuthMode.Keys)
            Console.WriteLine($"keys  {string.Join(", ", options.Auth.Keys.Keys)}");
        Console.WriteLine($"page  {server.PageAddress}");
    }

    private static void Tell(ApiKey key, bool json)
    {
        var setting = $"{FadaServerOptions.Section}__Auth__Keys__{key.Name}";
        if (json)
        {
            JsonOutput.Write(new { key.Name, Key = key.Value, Setting = setting, key.Hash });
            return;
        }

        Console.WriteLine($"key of {key.Name}, told this once:  {key.Value}");
        Console.WriteLine($"the server's environment:  {setting}={key.Hash}");
    }

    private static void LogToStandardError(WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Default;
        });
        builder.Logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // A start that fails is told in one sentence by the verb; the host would add its trace.
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
    }
}
