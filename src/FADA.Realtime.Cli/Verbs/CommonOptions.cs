using System.CommandLine;
using System.Globalization;
using FADA.Realtime.Model.Runtime;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>Options that mean the same in every verb.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json(string what) => new("--json") { Description = what };

    public static Option<DirectoryInfo?> Avatars() => new("--avatars")
    {
        Description = "Folder that keeps the added avatars (default: ./.data/avatars).",
        HelpName = "DIR",
    };

    public static Option<FileSystemInfo?> Model() => new("--model")
    {
        Description = "Checkpoint, or the folder with it (default: the shipped one).",
        HelpName = "DIR",
    };

    public static Option<string> Device()
    {
        var option = new Option<string>("--device")
        {
            Description = "Where the networks run: auto, cpu, cuda or cuda:N; auto takes the first GPU, or the CPU where there is none.",
            HelpName = "NAME",
            DefaultValueFactory = _ => DeviceSelector.Auto,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !DeviceSelector.IsDevice(token.Value))
                result.AddError($"--device must be {DeviceSelector.Allowed}, not '{token.Value}'");
        });
        return option;
    }

    /// <summary>Refuses values outside of low..high with a sentence that names both.</summary>
    public static Option<T> InRange<T>(this Option<T> option, double low, double high)
    {
        option.Validators.Add(result =>
        {
            // What is not a number has the parser's own complaint.
            if (result.Tokens is not [{ Value: var text }] || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                return;
            if (!(number >= low && number <= high))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} must be between {low} and {high}, not {text}"));
        });
        return option;
    }
}
