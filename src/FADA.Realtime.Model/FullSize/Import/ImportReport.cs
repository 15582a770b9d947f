namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>What an import found and wrote.</summary>
/// <param name="Sources">Files that were read.</param>
/// <param name="Parameters">Elements of all tensors.</param>
/// <param name="Complete">Whether everything fitted; otherwise nothing was written.</param>
public sealed record ImportReport(string Family, string Output, IReadOnlyList<string> Sources, int Tensors, long Parameters, long Bytes, bool Complete, IReadOnlyList<KeyProblem> Problems)
{
    /// <summary>The problems of one kind.</summary>
    public IReadOnlyList<KeyProblem> Of(KeyProblemKind kind) => Problems.Where(p => p.Kind == kind).ToList();
}
