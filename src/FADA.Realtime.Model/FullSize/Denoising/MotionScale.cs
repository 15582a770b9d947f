namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>How strongly the sound moves pose, face and lips; 1 is as trained.</summary>
public readonly record struct MotionScale(float Pose, float Face, float Lips)
{
    public static readonly MotionScale One = new(1, 1, 1);
}
