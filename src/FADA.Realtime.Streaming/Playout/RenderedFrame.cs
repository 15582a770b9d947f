using FADA.Realtime.Streaming.Speech;

namespace FADA.Realtime.Streaming.Playout;

/// <summary>A picture and the speech that drove it, on the way to the clock. Pooled.</summary>
internal sealed class RenderedFrame(int width, int height)
{
    public VideoFrame Picture { get; } = new(width, height);

    /// <summary>Null in the closing frames of a turn, whose sound is silence.</summary>
    public SpeechFrame? Speech { get; set; }

    public int Turn { get; set; }

    public bool Last { get; set; }

    /// <summary>When the turn's first audio arrived.</summary>
    public TimeSpan TurnStart { get; set; }

    /// <summary>A turn that has not begun, or starves, must not go on with this frame before that time.</summary>
    public TimeSpan ResumeAt { get; set; }
}
