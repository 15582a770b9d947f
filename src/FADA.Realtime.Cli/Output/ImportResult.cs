using FADA.Realtime.Model.FullSize.Import;

namespace FADA.Realtime.Cli.Output;

/// <summary>The JSON of `fada import`.</summary>
internal sealed record ImportResult
{
    public required string Family { get; init; }
    public required string Output { get; init; }

    /// <summary>Whether every key fitted; otherwise nothing was written.</summary>
    public required bool Complete { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required int Tensors { get; init; }
    public required long Parameters { get; init; }
    public required long Bytes { get; init; }
    public required IReadOnlyList<KeyProblem> Missing { get; init; }
    public required IReadOnlyList<KeyProblem> Unexpected { get; init; }
    public required IReadOnlyList<KeyProblem> Misshapen { get; init; }
    public required double PeakMemoryMib { get; init; }

    public static ImportResult Of(ImportReport report) => new()
    {
        Family = report.Family,
        Output = report.Output,
        Complete = report.Complete,
        Sources = report.Sources,
        Tensors = report.Tensors,
        Parameters = report.Parameters,
        Bytes = report.Bytes,
        Missing = report.Of(KeyProblemKind.Missing),
        Unexpected = report.Of(KeyProblemKind.Unexpected),
        Misshapen = report.Of(KeyProblemKind.Misshapen),
        PeakMemoryMib = PeakMemory.ReadMebibytes(),
    };
}
