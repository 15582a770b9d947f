using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>Which group of a <see cref="ReferenceBank"/> each row and each frame of a call reads.</summary>
internal sealed class BankRows
{
    private readonly Tensor _ofRows, _ofFrames;

    /// <param name="groups">Of the bank.</param>
    /// <param name="rowGroups">The group of each row.</param>
    /// <param name="frames">In a row.</param>
    /// <param name="tiled">See <see cref="UNetQuirks.TileReferenceFeatures"/>.</param>
    /// <param name="hiddenRows">The first so many rows do not see the portrait.</param>
    public BankRows(int groups, IReadOnlyList<int> rowGroups, long frames, bool tiled, int hiddenRows, Device device)
    {
        HiddenFrames = hiddenRows * frames;
        var ofFrames = rowGroups.Skip(hiddenRows).SelectMany(g => Enumerable.Range(0, (int)frames).Select(f => tiled ? (g * frames + f) % groups : g));
        (_ofRows, _ofFrames) = (tensor(rowGroups.Select(g => (long)g).ToArray(), device: device), tensor(ofFrames.ToArray(), device: device));
    }

    /// <summary>Frames, at the front, that do not see the portrait.</summary>
    public long HiddenFrames { get; }

    /// <summary>(G, …) to one entry for each frame that sees the portrait.</summary>
    public Tensor OfFrames(Tensor features) => features.index_select(0, _ofFrames);

    /// <summary>(G, …) to (R, …).</summary>
    public Tensor OfRows(Tensor features) => features.index_select(0, _ofRows);
}
