using System.Globalization;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Evaluation;
using TorchSharp;

namespace FADA.Realtime.Cli.Evaluating;

/// <summary>A further row of `fada eval`: NAME=FILE[:STEPS[:REFERENCE[:AUDIO]]].</summary>
internal sealed record ContestantSpec(string Name, string File, int? Steps, float? Reference, float? Audio)
{
    private static readonly string[] _anchors = ["real", "reconstruction", "static", "shuffled", "shipped"];

    /// <exception cref="CliException">The text has another form, or a number is out of range.</exception>
    public static ContestantSpec Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            throw Wrong(text, "a name and '=' come first");
        var (name, parts) = (text[..equals], text[(equals + 1)..].Split(':'));
        if (_anchors.Contains(name))
            throw Wrong(text, $"'{name}' is the name of a row that is always there");
        if (parts[0].Length == 0 || parts.Length > 4)
            throw Wrong(text, "after '=' come a file and at most three numbers");
        if (!System.IO.File.Exists(parts[0]))
            throw new CliException($"The checkpoint {parts[0]} of --compare {name} does not exist.");
        return new ContestantSpec(name, parts[0],
            (int?)Number(text, parts, 1, 1, 50), (float?)Number(text, parts, 2, 0, 10), (float?)Number(text, parts, 3, 0, 10));
    }

    /// <summary>The contestant; the checkpoint's own values where the text gave none.</summary>
    public Contestant With(FadaModel model) => new(Name, model, Steps ?? model.Config.Steps,
        new GuidanceScales(Reference ?? model.Config.ReferenceScale, Audio ?? model.Config.AudioScale));

    /// <summary>Loads each file once.</summary>
    public static IReadOnlyDictionary<string, FadaModel> Load(IEnumerable<ContestantSpec> specs, torch.ScalarType precision) =>
        specs.Select(s => s.File).Distinct().ToDictionary(f => f, f => FadaModel.Load(f, precision));

    private static double? Number(string text, string[] parts, int index, double low, double high)
    {
        if (parts.Length <= index || parts[index].Length == 0)
            return null;
        return double.TryParse(parts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high
            ? number : throw Wrong(text, FormattableString.Invariant($"'{parts[index]}' is not a number from {low} to {high}"));
    }

    private static CliException Wrong(string text, string why) => new($"--compare {text}: {why}; the form is NAME=FILE[:STEPS[:REFERENCE[:AUDIO]]].", ExitCode.WrongUse);
}
