namespace FADA.Realtime.Streaming;

/// <summary>
/// One talking face: speech in, pictures out. Holds what continues from window to window (motion frames, audio
/// context, noise), so it belongs to one session and is called by one thread at a time.
/// </summary>
public interface IFaceAnimator : IDisposable
{
    /// <summary>Width and height of every frame, even.</summary>
    int Width { get; }

    int Height { get; }

    /// <summary>The loop shown while nobody speaks, made once per avatar; at least one frame. Never modified.</summary>
    IReadOnlyList<VideoFrame> Idle { get; }

    /// <summary>Starts a turn: the mouth continues from the idle frame that is on screen.</summary>
    /// <param name="idleFrame">Index into <see cref="Idle"/> of the last frame shown.</param>
    void Begin(int idleFrame);

    /// <summary>Renders the next frames of the turn.</summary>
    /// <param name="speech">
    /// 16 kHz mono, -1..1: (output.Length + <see cref="SpeechClock.LookAheadFrames"/>) x 640 samples from the first
    /// new frame on; silence where the turn has ended.
    /// </param>
    /// <param name="output">Frames to fill; 1 to 8 of this animator's size.</param>
    void Animate(ReadOnlySpan<float> speech, ReadOnlySpan<VideoFrame> output);

    /// <summary>Whether <see cref="CloseEyes"/> can be used.</summary>
    bool CanBlink => false;

    /// <summary>
    /// Copies one of this face's pictures, resting or speaking, with its eyes closed by a share of the way. Cheap, and
    /// safe beside <see cref="Animate"/>.
    /// </summary>
    /// <param name="closure">0 (as they are) to 1 (shut).</param>
    void CloseEyes(VideoFrame picture, VideoFrame target, float closure) => throw new NotSupportedException();
}
