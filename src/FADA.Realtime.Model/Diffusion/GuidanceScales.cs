namespace FADA.Realtime.Model.Diffusion;

/// <summary>
/// Nested multi-condition guidance: e0 + r (e1 - e0) + a (e2 - e1), where e0 sees neither reference nor audio, e1 the
/// reference, e2 both. The weights of the three runs sum to one.
/// </summary>
public readonly record struct GuidanceScales(float Reference, float Audio)
{
    /// <summary>No guidance: the run with both conditions alone.</summary>
    public static readonly GuidanceScales One = new(1, 1);

    /// <summary>Weights of e0, e1 and e2.</summary>
    public (float Base, float Reference, float Audio) Weights => (1 - Reference, Reference - Audio, Audio);

    /// <summary>How many of the three runs have a weight: network evaluations per step.</summary>
    public int Runs => new[] { Weights.Base, Weights.Reference, Weights.Audio }.Count(w => w != 0);
}
