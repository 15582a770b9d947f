using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;

namespace FADA.Realtime.Training.Evaluation;

/// <summary>A model with the steps and scales it is judged with.</summary>
/// <param name="Name">Of its row.</param>
public sealed record Contestant(string Name, FadaModel Model, int Steps, GuidanceScales Scales)
{
    /// <summary>As the checkpoint recommends.</summary>
    public Contestant(string name, FadaModel model) : this(name, model, model.Config.Steps, new GuidanceScales(model.Config.ReferenceScale, model.Config.AudioScale))
    {
    }

    /// <summary>Denoiser runs of a window.</summary>
    public int Evaluations => Steps * GuidedVelocity.Runs(Model.Config.Denoiser.Guidance, Scales);
}
