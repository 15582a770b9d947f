using FADA.Realtime.Training.Clips;

namespace FADA.Realtime.Training.Windows;

/// <summary>Where a window is from.</summary>
/// <param name="Start">Its first frame.</param>
/// <param name="Look">Of the latent cache; 0: as filmed; -1: a fresh one, not kept.</param>
/// <param name="Reference">The frame that is the portrait.</param>
internal readonly record struct WindowPlace(Clip Clip, int Start, int Look, int Reference);
