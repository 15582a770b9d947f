using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Hallo;

/// <summary>What is made once of a portrait.</summary>
/// <param name="Picture">(1, 3, H, W), 0 to 1.</param>
/// <param name="ImageTokens">(2, T, D): of no face, of this face.</param>
/// <param name="FaceFeatures">(1, C, 1, H / 8, W / 8) from the face locator.</param>
internal sealed record HalloPortrait(Tensor Picture, Tensor ImageTokens, Tensor FaceFeatures, HalloRegions Regions);
