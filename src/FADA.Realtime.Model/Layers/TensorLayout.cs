using static TorchSharp.torch;

namespace FADA.Realtime.Model.Layers;

/// <summary>Memory layout of images. Channels-last convolutions and upsampling are several times faster on CPUs.</summary>
public static class TensorLayout
{
    /// <summary>The same (B, C, H, W) tensor with channels-last strides; TorchSharp has no memory-format argument.</summary>
    public static Tensor ChannelsLast(this Tensor x)
    {
        using var a = x.permute(0, 2, 3, 1);
        using var b = a.contiguous();
        return b.permute(0, 3, 1, 2);
    }

    /// <summary>Gives every convolution weight of the module channels-last strides. Call before inference, not in training.</summary>
    public static void ToChannelsLast(this nn.Module module)
    {
        using var _ = no_grad();
        foreach (var (_, parameter) in module.named_parameters())
        {
            if (parameter.dim() != 4 || (parameter.shape[2] == 1 && parameter.shape[3] == 1))
                continue;
            using var strided = parameter.detach().ChannelsLast();
            parameter.set_(strided);
        }
    }
}
