namespace FADA.Realtime.Model.Diffusion;

/// <summary>How the noise of one step grows from the first step to the last.</summary>
public enum BetaSchedule
{
    /// <summary>Evenly. Hallo, AniPortrait and Moore-AnimateAnyone sample with it.</summary>
    Linear,

    /// <summary>Evenly in its square root. The same models were trained with it: another trap to be kept.</summary>
    ScaledLinear,
}
