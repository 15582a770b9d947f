using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>
/// The U-Net of Stable Diffusion 1.5 over single frames, with what talking-head models add to it; as ReferenceNet it only
/// writes a bank. Parameter names are those of diffusers and of the published checkpoints.
/// </summary>
internal sealed class UNet : Module
{
    private const double Eps = 1e-5;
    private readonly ConvLayer conv_in;
    private readonly TimeEmbedding time_embedding;
    private readonly ModuleList<UNetBlock> down_blocks, up_blocks;
    private readonly UNetBlock mid_block;
    private readonly GroupNormLayer? conv_norm_out;
    private readonly ConvLayer? conv_out;
    private readonly UNetConfig _config;

    public UNet(TensorPlace place, UNetConfig config) : base(nameof(UNet))
    {
        _config = config;
        var first = config.BlockChannels[0];
        conv_in = new ConvLayer(place, config.LatentChannels, first, 3, padding: 1);
        time_embedding = new TimeEmbedding(place, first);
        down_blocks = ModuleList(UNetBlockShape.Down(config).Select(s => new UNetBlock(place, config, s)).ToArray());
        mid_block = new UNetBlock(place, config, UNetBlockShape.Middle(config));
        up_blocks = ModuleList(UNetBlockShape.Up(config).Select(s => new UNetBlock(place, config, s)).ToArray());
        conv_norm_out = config.HasOutput ? new GroupNormLayer(place, config.Groups, first, Eps) : null;
        conv_out = config.HasOutput ? new ConvLayer(place, first, config.LatentChannels, 3, padding: 1) : null;
        RegisterComponents();
    }

    /// <summary>Told each block's name and output (N, C, H, W), to look inside.</summary>
    public Action<string, Tensor>? BlockDone { get; set; }

    /// <summary>As ReferenceNet, at step 0.</summary>
    /// <param name="latents">(R S, 4, H, W): portrait and motion frames of each row.</param>
    /// <param name="context">(R, T, D) image tokens; null without attn2.</param>
    /// <param name="rows">R</param>
    /// <returns>Features of R rows and S pictures; the caller disposes them.</returns>
    public ReferenceBank Write(Tensor latents, Tensor? context, int rows)
    {
        using var scope = NewDisposeScope();
        var pictures = latents.shape[0] / rows;
        var spread = context is null ? null
            : _config.Quirks.TileReferenceText ? context.repeat(pictures, 1, 1) : context.repeat_interleave(pictures, 0);
        var pass = new ReferencePass(spread, rows, _config.Quirks);
        Walk(conv_in.call(latents), time_embedding.forward(0), pass);
        foreach (var layer in pass.Bank.Layers)
            layer.Features.MoveToOuterDisposeScope();
        return pass.Bank;
    }

    /// <summary>As denoiser.</summary>
    /// <returns>Predicted velocity, (R, 4, F, H, W).</returns>
    public Tensor Denoise(UNetInput input)
    {
        using var scope = NewDisposeScope();
        var frames = input.Latents.shape[2];
        var x = conv_in.call(Video.ToFrames(input.Latents));                                   // (R F, C, H, W)
        BlockDone?.Invoke(nameof(conv_in), x);
        if (input.FaceFeatures is not null)
            x = x + Video.ToFrames(input.FaceFeatures);
        x = Walk(x, time_embedding.forward(input.Timestep), new DenoisingPass(input, _config.Quirks));
        x = conv_out!.call(functional.silu(conv_norm_out!.call(x)));
        return Video.FromFrames(x, frames).MoveToOuterDisposeScope();
    }

    private Tensor Walk(Tensor x, Tensor time, IUNetPass pass)
    {
        var left = new Stack<Tensor>([x]);
        for (var b = 0; b < down_blocks.Count; b++)
        {
            for (var i = 0; i < down_blocks[b].Resnets; i++)
                left.Push(x = pass.Apply(down_blocks[b], i, down_blocks[b].Convolve(i, x, time)));
            if (down_blocks[b].Resample(x) is { } smaller)
                left.Push(x = smaller);
            BlockDone?.Invoke($"{nameof(down_blocks)}.{b}", x);
        }
        x = pass.Apply(mid_block, 0, mid_block.Convolve(0, x, time));
        x = mid_block.Convolve(1, x, time);
        BlockDone?.Invoke(nameof(mid_block), x);
        for (var b = 0; b < up_blocks.Count; b++)
        {
            for (var i = 0; i < up_blocks[b].Resnets; i++)
                x = pass.Apply(up_blocks[b], i, up_blocks[b].Convolve(i, cat([x, left.Pop()], 1), time));
            x = up_blocks[b].Resample(x) ?? x;
            BlockDone?.Invoke($"{nameof(up_blocks)}.{b}", x);
        }
        return x;
    }
}
