using System.CommandLine;
using System.Net;
using FADA.Realtime.Cli.Output;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Server;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.Streaming.Stamps;
using Microsoft.AspNetCore.Builder;
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
        var stamp = new Option<bool>("--stamp") { Description = "Mark the pictures for measuring: what 'fada bench latency --url' needs." };
        var json = CommonOptions.Json("Print the addresses as one line of JSON when the server is ready.");
        var command = new Command("serve", "Starts the live server and prints its address.") { port, host, avatars, model, device, sessions, stamp, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var runtime = TorchRuntime.Initialize();
            var place = DeviceSelector.Choose(parsed.GetRequiredValue(device));
            using var catalog = new AvatarCatalog(ProductFiles.Catalog(parsed.GetValue(model), parsed.GetValue(avatars), place), TimeProvider.System);
            // Loaded before listening: a server without a model would refuse every session.
            var name = catalog.Model.Config.Name;
            var options = new FadaServerOptions { Listen = parsed.GetRequiredValue(host), Port = parsed.GetValue(port), MaxSessions = parsed.GetValue(sessions), Device = place.Name };
            IAvatarCatalog shown = parsed.GetValue(stamp) ? new StampedCatalog(catalog) : catalog;
            await FadaServer.RunAsync(options, shown, server => Announce(server, name, runtime, place, parsed.GetValue(json)), LogToStandardError, cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Announce(FadaServer server, string model, TorchRuntimeInfo runtime, DeviceChoice device, bool json)
    {
        if (json)
        {
            JsonOutput.Write(new { Url = server.PageAddress, GrpcUrl = server.GrpcAddress, Model = model, Device = device.Name, DeviceReason = device.Reason, Precision = device.PrecisionName, runtime.Threads });
            return;
        }

        Console.WriteLine($"model {model}, {device.PrecisionName}, libtorch {runtime.Version}");
        Console.WriteLine($"on    {device.Name} ({device.Reason})");
        Console.WriteLine($"gRPC  {server.GrpcAddress}");
        Console.WriteLine($"page  {server.PageAddress}");
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
