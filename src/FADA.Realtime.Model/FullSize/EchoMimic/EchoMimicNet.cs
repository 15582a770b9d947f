using FADA.Realtime.Model.FullSize.Conditioning;
using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Layers;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.EchoMimic;

/// <summary>The networks of EchoMimic; each published file is one of them.</summary>
internal sealed class EchoMimicNet : nn.Module
{
    private readonly UNet reference_unet, denoising_unet;
    private readonly FaceLocator face_locator;

    public EchoMimicNet(TensorPlace place, EchoMimicConfig config) : base(nameof(EchoMimicNet))
    {
        reference_unet = new UNet(place, config.Reference);
        denoising_unet = new UNet(place, config.Denoiser);
        face_locator = new FaceLocator(place, 1, config.FaceLocatorChannels, config.BlockChannels[0]);
        RegisterComponents();
    }

    public UNet Reference => reference_unet;
    public UNet Denoiser => denoising_unet;
    public FaceLocator FaceLocator => face_locator;
}
