using System.Text.Json.Serialization;

namespace FADA.Realtime.Cli.Rendering;

/// <summary>The figures of one render.</summary>
/// <param name="NfePerFrame">Denoiser evaluations that each frame took part in.</param>
/// <param name="WallS">From the first sample read to the finished file; loading the model and preparing the avatar not counted.</param>
/// <param name="RealtimeFactor">Seconds of video per second of work.</param>
/// <param name="FramesSha256">Of all I420 frames one after the other.</param>
internal sealed record RenderFigures(
    long Frames, int Fps, double Seconds, int Width, int Height, int Steps, int NfePerFrame, string Model, string Device, string Precision,
    int Threads, double WallS, double RealtimeFactor, double PeakRssMib,
    [property: JsonPropertyName("frames_sha256")] string FramesSha256);
