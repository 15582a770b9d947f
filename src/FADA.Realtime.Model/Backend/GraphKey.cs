namespace FADA.Realtime.Model.Backend;

/// <summary>What makes two windows the same work: equal keys run the same operators on tensors of equal shapes.</summary>
/// <param name="Batch">Windows at once.</param>
/// <param name="Frames">Frames of each window.</param>
/// <param name="Steps">Denoising steps.</param>
/// <param name="Conditions">Which guided runs have a weight, as bits; 0 where the network is told the scales.</param>
public readonly record struct GraphKey(int Batch, int Frames, int Steps, int Conditions);
