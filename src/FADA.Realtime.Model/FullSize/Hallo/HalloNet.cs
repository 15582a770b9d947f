using FADA.Realtime.Model.FullSize.Conditioning;
using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Layers;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Hallo;

/// <summary>All networks of Hallo's net.pth, under its names.</summary>
internal sealed class HalloNet : nn.Module
{
    private readonly UNet reference_unet, denoising_unet;
    private readonly FaceLocator face_locator;
    private readonly ImageProjection imageproj;
    private readonly AudioProjection audioproj;

    public HalloNet(TensorPlace place, HalloConfig config) : base(nameof(HalloNet))
    {
        reference_unet = new UNet(place, config.Reference);
        denoising_unet = new UNet(place, config.Denoiser);
        face_locator = new FaceLocator(place, 3, config.FaceLocatorChannels, config.BlockChannels[0]);
        imageproj = new ImageProjection(place, config.FaceEmbedding, config.ImageTokens, config.ImageWidth);
        audioproj = new AudioProjection(place, config.SpeechFeatures, config.AudioHidden, config.AudioTokens, config.AudioWidth);
        RegisterComponents();
    }

    public UNet Reference => reference_unet;
    public UNet Denoiser => denoising_unet;
    public FaceLocator FaceLocator => face_locator;
    public ImageProjection ImageProjection => imageproj;
    public AudioProjection AudioProjection => audioproj;
}
