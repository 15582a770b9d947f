namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>
/// What the ReferenceNet saw, layer by layer in the order of the walk, made once per window. Writer and reader have the
/// same layers, so the originals' pairing (a stable sort by width) comes to the same.
/// </summary>
/// <param name="Groups">Text conditions that the features were made under: 1, or 2 with an unconditional one first.</param>
internal sealed record ReferenceBank(IReadOnlyList<LayerBank> Layers, int Groups) : IDisposable
{
    public void Dispose()
    {
        foreach (var layer in Layers)
            layer.Features.Dispose();
    }
}
