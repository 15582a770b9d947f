using System.CommandLine;
using FADA.Realtime.Bench;
using FADA.Realtime.Bench.Latency;
using FADA.Realtime.Cli.Output;

namespace FADA.Realtime.Cli.Verbs.Bench;

/// <summary>`fada bench latency`: from glass to glass in a real browser.</summary>
internal static class LatencyVerb
{
    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "Joins, turns and utterances, each this many.", HelpName = "N", DefaultValueFactory = _ => 50 }.InRange(1, 10_000);
        var url = new Option<Uri?>("--url") { Description = "Page of a running server, started with --stamp (default: a server of the bench's own).", HelpName = "URL" };
        var grpc = new Option<Uri?>("--grpc-url") { Description = "Its gRPC address (default: the next port).", HelpName = "URL" };
        var avatar = new Option<string?>("--avatar") { Description = "Name of an avatar (default: the default avatar).", HelpName = "NAME" };
        url.MustBeHttp();
        grpc.MustBeHttp();
        var json = CommonOptions.Json("Print the figures as JSON.");
        var command = new Command("latency", "First audio and microphone to lips, interrupt to silence, join to first frame, sound to picture: glass to glass in Chromium.") { runs, url, grpc, avatar, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new LatencyOptions { Runs = parsed.GetValue(runs), Url = parsed.GetValue(url), Grpc = parsed.GetValue(grpc), Avatar = parsed.GetValue(avatar) };
            var report = await Progress.RunAsync("latency", display => LatencyBench.RunAsync(options, BenchVerb.Server, new Reporter<BenchProgress>(p => display.Report(p.Done, p.Total, p.Note)), cancellation));
            BenchOutput.Write(report, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void MustBeHttp(this Option<Uri?> option) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            result.AddError($"{option.Name} must be an address such as http://127.0.0.1:8787, not '{text}'");
    });
}
