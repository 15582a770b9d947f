using System.Numerics;

namespace FADA.Realtime.Training.Portraits;

/// <summary>One speaker's neutral picture with its 468 landmarks, in its own pixels.</summary>
internal sealed record SpeakerFrame(string Speaker, string Clip, int Frame, FloatImage Picture, Vector2[] Points);
