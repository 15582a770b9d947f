using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Server.Conversation;

/// <summary>The style in force, as the console page reads it.</summary>
internal sealed record StyleJson(float AudioScale, float ReferenceScale, int Steps)
{
    public static StyleJson From(SamplingStyle style) => new(style.Scales.Audio, style.Scales.Reference, style.Steps);
}
