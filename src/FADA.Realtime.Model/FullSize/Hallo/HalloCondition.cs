using FADA.Realtime.Model.FullSize.Denoising;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Hallo;

/// <summary>What one window of F frames is made from.</summary>
/// <param name="ReferenceLatents">(1 + motion frames, 4, H, W): portrait, then the frames before the window.</param>
/// <param name="ImageTokens">(2, T, D): of no face, of the portrait's face.</param>
/// <param name="FaceFeatures">(1, C, F, H, W) from the face locator.</param>
/// <param name="Audio">(1, F, T, D)</param>
/// <param name="Masks">Of F frames.</param>
internal sealed record HalloCondition(Tensor ReferenceLatents, Tensor ImageTokens, Tensor FaceFeatures, Tensor Audio, AudioMasks Masks, MotionScale MotionScale);
