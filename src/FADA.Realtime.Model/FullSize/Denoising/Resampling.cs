namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>What a block of the U-Net does with the resolution at its end.</summary>
internal enum Resampling
{
    None,
    Down,
    Up,
}
