using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Cli.Rendering;

/// <summary>What to render.</summary>
internal sealed record RenderRequest
{
    /// <summary>Name of an avatar, or path of an image.</summary>
    public required string Avatar { get; init; }
    public required string Audio { get; init; }
    public required string Output { get; init; }
    public required DeviceChoice Device { get; init; }
    public required AnimatorOptions Style { get; init; }
}
