using FADA.Realtime.Model.FullSize.EchoMimic;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>The parts of a published checkpoint, opened and ready to be compared.</summary>
internal sealed record ImportPlan(FullSizeManifest Manifest, IReadOnlyList<ImportPart> Parts) : IDisposable
{
    /// <exception cref="WeightsException">Files are missing, damaged, or do not belong together.</exception>
    public static ImportPlan Open(string family, string folder) => family switch
    {
        "hallo" => Hallo(folder),
        "echomimic" => EchoMimic(folder),
        _ => throw new ArgumentException($"unknown family '{family}'", nameof(family)),
    };

    public void Dispose()
    {
        foreach (var part in Parts)
            part.Dispose();
    }

    private static ImportPlan Hallo(string folder)
    {
        var source = new MappedCheckpoint(CheckpointFile.Open(SourceFolder.File(folder, "hallo/net.pth", "hallo2/net.pth", "net.pth")), KeyMaps.Plain);
        var parts = new List<ImportPart>();
        try
        {
            var config = HalloShapes.Read(source);
            parts.Add(new ImportPart("net", source, new HalloNet(TensorPlace.Meta, config)));
            var (vae, vaeConfig) = SharedParts.Autoencoder(folder);
            parts.Add(vae);
            var (speech, speechConfig) = SharedParts.Speech(folder);
            parts.Add(speech);
            if (config.SpeechFeatures != HalloShapes.WindowFrames * speechConfig.Layers * speechConfig.Width)
                throw new WeightsException($"{source.Path} hears {config.SpeechFeatures} speech features a frame, where {speech.Source.Path} gives {HalloShapes.WindowFrames} x {speechConfig.Layers} x {speechConfig.Width}.");
            return new ImportPlan(new FullSizeManifest { Family = "hallo", Hallo = config, Vae = vaeConfig, Speech = speechConfig }, parts);
        }
        catch
        {
            parts.ForEach(p => p.Dispose());
            source.Dispose();
            throw;
        }
    }

    private static ImportPlan EchoMimic(string folder)
    {
        var files = new List<ICheckpoint>();
        var parts = new List<ImportPart>();
        try
        {
            // The denoiser's file goes over the motion modules', as the original loads them.
            foreach (var (file, network) in new[] { ("denoising_unet", "denoising_unet"), ("motion_module", "denoising_unet"), ("reference_unet", "reference_unet"), ("face_locator", "face_locator") })
                files.Add(new MappedCheckpoint(CheckpointFile.Open(SourceFolder.File(folder, $"{file}.pth", $"{file}_acc.pth")), KeyMaps.Under(network)));
            var source = new CheckpointGroup(folder, files);
            var config = EchoMimicShapes.Read(source);
            parts.Add(new ImportPart("net", source, new EchoMimicNet(TensorPlace.Meta, config)));
            var (vae, vaeConfig) = SharedParts.Autoencoder(folder);
            parts.Add(vae);
            return new ImportPlan(new FullSizeManifest { Family = "echomimic", EchoMimic = config, Vae = vaeConfig }, parts);
        }
        catch
        {
            parts.ForEach(p => p.Dispose());
            files.ForEach(f => f.Dispose());
            throw;
        }
    }
}
