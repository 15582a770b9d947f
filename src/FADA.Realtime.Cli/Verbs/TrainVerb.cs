using System.CommandLine;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada train vae|audio|teacher`: the stages of the model.</summary>
internal static class TrainVerb
{
    public static Command Create() => new("train", "Trains one stage of the model.")
    {
        Stage("vae", "Trains the image autoencoder."),
        Stage("audio", "Trains the streaming audio encoder."),
        Stage("teacher", "Trains the denoiser with its reference network."),
    };

    private static Command Stage(string name, string what) => new Command(name, what)
    {
        new Option<FileInfo>("--config") { Description = "Configuration of the stage.", HelpName = "FILE", Required = true },
        new Option<DirectoryInfo>("--out") { Description = "Folder for weights, plots and samples.", HelpName = "DIR", Required = true },
        new Option<bool>("--resume") { Description = "Go on from the last checkpoint in --out." },
        CommonOptions.Json("Print the last figures as JSON."),
    }.AnswersNotBuiltYet("issue 2, first light");
}
