using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.Encoders;

/// <summary>appsrc "in" → encoder → appsink "out": raw buffers in, <see cref="EncodedFrame"/>s out.</summary>
internal sealed unsafe class EncoderPipeline : IDisposable
{
    private readonly Pipeline _pipeline;
    private readonly CallbackTarget _self;
    private readonly Action<EncodedFrame> _onFrame;
    private readonly nint _input;
    private readonly nint _output;
    private readonly int _maxQueued;
    private volatile string? _failure;

    public EncoderPipeline(string description, int maxQueued, Action<EncodedFrame> onFrame)
    {
        _onFrame = onFrame;
        _maxQueued = maxQueued;
        _pipeline = new Pipeline(description, 0, error => _failure ??= error);
        _self = new CallbackTarget(this);
        _input = _pipeline.Element("in");
        _output = _pipeline.Element("out");
        GstApp.OnSample(_output, &OnSample, _self.Data);
        _pipeline.Play();
    }

    /// <summary>Room for one more buffer. Callers push from one thread at a time.</summary>
    public bool HasRoom => GstApp.QueuedBuffers(_input) < (ulong)_maxQueued;

    /// <summary>What broke the pipeline; null while it works.</summary>
    public string? Failure => _failure;

    public nint Element(string name) => _pipeline.Element(name);

    /// <summary>Takes over the buffer.</summary>
    public bool Push(nint buffer) => GstApp.Push(_input, buffer) == GstApp.FlowOk;

    public void Dispose()
    {
        _pipeline.Dispose();
        _self.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSample(nint sink, nint data)
    {
        var self = CallbackTarget.Get<EncoderPipeline>(data);
        var sample = GstApp.PullSample(sink);
        if (sample == 0)
            return GstApp.FlowOk;
        try
        {
            var buffer = GstBuffer.OfSample(sample);
            self._onFrame(new EncodedFrame(
                GstBuffer.ToArray(buffer),
                MediaTime.FromNanoseconds(GstBuffer.Pts(buffer)),
                MediaTime.FromNanoseconds(GstBuffer.Duration(buffer)),
                GstBuffer.IsKeyFrame(buffer)));
            return GstApp.FlowOk;
        }
        catch (Exception exception)
        {
            // No exception may leave through native frames.
            self._failure ??= exception.Message;
            return GstApp.FlowError;
        }
        finally
        {
            GstMiniObject.Unref(sample);
        }
    }
}
