using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Speech;

namespace FADA.Realtime.Streaming.Playout;

/// <summary>
/// The frames of a session, made once. Their number bounds how far rendering runs ahead: the window stage waits until
/// playout gives some back.
/// </summary>
internal sealed class FramePool
{
    private readonly Channel<RenderedFrame> _free;
    private readonly Channel<RenderedFrame> _rendered;
    private readonly SpeechIntake _intake;
    private readonly WakeSignal _wake;

    public FramePool(int frames, int width, int height, SpeechIntake intake, WakeSignal wake)
    {
        _intake = intake;
        _wake = wake;
        _free = Channel.CreateBounded<RenderedFrame>(frames);
        _rendered = Channel.CreateBounded<RenderedFrame>(frames);
        for (var i = 0; i < frames; i++)
            _free.Writer.TryWrite(new RenderedFrame(width, height));
    }

    /// <summary>Frames that wait for their tick.</summary>
    public ChannelReader<RenderedFrame> Rendered => _rendered.Reader;

    public int Free => _free.Reader.Count;

    public bool TryRent([MaybeNullWhen(false)] out RenderedFrame frame) =>
        _free.Reader.TryRead(out frame);

    public void Publish(RenderedFrame frame) => _rendered.Writer.TryWrite(frame);

    /// <summary>The samples were played or dropped; the picture may still be on screen.</summary>
    public void ReturnSpeech(RenderedFrame frame)
    {
        if (frame.Speech is not { } speech)
            return;
        frame.Speech = null;
        _intake.Return(speech);
    }

    public void Return(RenderedFrame frame)
    {
        ReturnSpeech(frame);
        _free.Writer.TryWrite(frame);
        _wake.Pulse();
    }
}
