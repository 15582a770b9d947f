using System.CommandLine;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada bench`: latency, density and quality of a running server.</summary>
internal static class BenchVerb
{
    public static Command Create()
    {
        var what = new Argument<string>("what") { Description = "latency, density, viewers, churn, loss or soak." };
        what.AcceptOnlyFromAmong("latency", "density", "viewers", "churn", "loss", "soak");
        return new Command("bench", "Measures a running server (not built yet).")
        {
            what,
            CommonOptions.Json("Print the figures as JSON."),
        }.AnswersNotBuiltYet("issue 4, the streaming engine");
    }
}
