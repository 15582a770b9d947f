using System.CommandLine;
using FADA.Realtime.Bench.Hosting;

namespace FADA.Realtime.Cli.Verbs.Bench;

/// <summary>`fada bench`: what the server and the model take, measured from outside.</summary>
internal static class BenchVerb
{
    /// <summary>This program's own `serve`, as another process.</summary>
    public static ServerCommand Server => new("dotnet", [Path.Combine(AppContext.BaseDirectory, "fada.dll"), "serve"]);

    public static Command Create() => new("bench", "Measures server and model; every figure as JSON.")
    {
        LatencyVerb.Create(),
        DensityVerb.Create(),
        ModelVerb.Create(),
        ViewersVerb.Create(),
        ChurnVerb.Create(),
        ToCome("loss", "Measures pictures and sound over a line that loses packets (not built yet)."),
        ToCome("soak", "Watches memory, threads and descriptors for a long time (not built yet)."),
    };

    private static Command ToCome(string name, string description) =>
        new Command(name, description) { CommonOptions.Json("Print the figures as JSON.") }.AnswersNotBuiltYet("issue 4, the streaming engine");
}
