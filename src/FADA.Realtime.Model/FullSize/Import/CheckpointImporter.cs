using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>
/// Brings a published full-size checkpoint into one folder: net.safetensors, vae.safetensors, where there is one
/// speech.safetensors, and config.json. Tensors go through one at a time, in the precision that they have.
/// </summary>
public static class CheckpointImporter
{
    /// <param name="family">"hallo" or "echomimic".</param>
    /// <param name="from">Folder of the published files.</param>
    /// <param name="output">Folder to write; made where it is not there.</param>
    /// <returns>What was found. Where anything is missing, unexpected or misshapen, nothing is written.</returns>
    /// <exception cref="WeightsException">Files are missing, damaged, or do not belong together.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the file under way is gone, finished ones and config.json are not complete.</exception>
    public static ImportReport Import(string family, string from, string output, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        TorchRuntime.Initialize();
        using var plan = ImportPlan.Open(family, from);
        var problems = plan.Parts.SelectMany(p => p.Problems()).ToList();
        var tensors = plan.Parts.SelectMany(p => p.Tensors().Select(t => t.About)).ToList();
        var report = new ImportReport(family, output, plan.Parts.Select(p => p.Source.Path).ToList(), tensors.Count, tensors.Sum(t => t.Elements), tensors.Sum(t => t.Bytes), problems.Count == 0, problems);
        if (!report.Complete)
            return report;
        long done = 0;
        foreach (var part in plan.Parts)
            SafetensorsWriter.WriteStreamed(Path.Combine(output, $"{part.Name}.safetensors"), part.Tensors().Select(t => (t.Name, t.About, (Action<Stream>)(s =>
            {
                cancellation.ThrowIfCancellationRequested();
                t.Data(s);
                progress?.Report(new ImportProgress(done += t.About.Bytes, report.Bytes, part.Name));
            }))));
        plan.Manifest.Write(output);
        return report;
    }
}
