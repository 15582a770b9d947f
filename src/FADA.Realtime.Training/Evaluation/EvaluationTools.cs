using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Model.Audio;
using FADA.Realtime.Training.Sync;

namespace FADA.Realtime.Training.Evaluation;

/// <summary>The networks that judge.</summary>
/// <param name="expert">Weights of the sync stage; null leaves the sync figures at 0.</param>
public sealed class EvaluationTools(string? expert) : IDisposable
{
    internal FaceFinder Finder { get; } = new();
    internal FaceDescriptor Descriptor { get; } = new();
    internal LogMel Mel { get; } = new();
    internal SyncExpert? Expert { get; } = expert is null ? null : SyncExpert.Load(expert);

    public void Dispose()
    {
        Finder.Dispose();
        Descriptor.Dispose();
        Mel.Dispose();
        Expert?.Dispose();
    }
}
