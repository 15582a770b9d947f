using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>The denoiser's walk: attention that reads the bank, audio module, motion module.</summary>
internal sealed class DenoisingPass(UNetInput input, UNetQuirks quirks) : IUNetPass
{
    private readonly long _frames = input.Latents.shape[2];
    private readonly Tensor? _audio = input.Audio?.flatten(0, 1);                              // (R F, T, D)
    private readonly BankRows? _rows = input.Bank is null ? null
        : new BankRows(input.Bank.Groups, input.RowGroups, input.Latents.shape[2], quirks.TileReferenceFeatures, input.RowsWithoutReference, input.Latents.device);
    private int _layer;

    public Tensor Apply(UNetBlock block, int layer, Tensor x)
    {
        if (block.Attention(layer) is not { } attention)
            return quirks.TrainingBranch ? x : block.Motion(layer)?.forward(x, _frames, null) ?? x;
        var bank = input.Bank?.Layers[_layer++];
        x = attention.forward(x, (b, tokens) => b.Read(tokens, input.Context, bank, _rows));
        if (block.Audio(layer) is { } audio && _audio is not null && input.Masks is not null)
        {
            var scale = quirks.TrainingBranch ? input.MotionScale : MotionScale.One;
            x = audio.forward(x, (b, tokens) => b.forward(tokens, _audio, input.Masks, scale));
        }
        return block.Motion(layer)?.forward(x, _frames, Before(bank, x)) ?? x;
    }

    // (R, M, H W, C), or null where nothing is prepended.
    private Tensor? Before(LayerBank? bank, Tensor x)
    {
        if (!quirks.TrainingBranch)
            return null;
        if (bank is not null && _rows is not null)
            return bank.Features.shape[1] > 1 ? _rows.OfRows(bank.Motion) : null;
        return quirks.EmptyBankMotionFrames == 0 ? null
            : zeros([x.shape[0] / _frames, quirks.EmptyBankMotionFrames, x.shape[2] * x.shape[3], x.shape[1]], x.dtype, x.device);
    }
}
