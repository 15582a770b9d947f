using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FADA.Realtime.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FADA.Realtime.Client;

/// <summary>
/// One conversation with a session: speech in, events out. Sending is safe from many threads; events are read by one.
/// </summary>
public sealed class Conversation : IAsyncDisposable
{
    private static readonly TimeSpan ChunkDuration = TimeSpan.FromMilliseconds(100);

    private readonly AsyncDuplexStreamingCall<ConverseRequest, ConverseEvent> _call;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TimeProvider _time;
    private ulong _sequence;

    private Conversation(AsyncDuplexStreamingCall<ConverseRequest, ConverseEvent> call, int sampleRate, TimeProvider time)
    {
        _call = call;
        _time = time;
        SampleRate = sampleRate;
    }

    public int SampleRate { get; }

    /// <summary>
    /// How far <see cref="SpeakAsync"/> runs ahead of real time. An interrupt travels behind the speech already sent,
    /// so a long lead makes it slow.
    /// </summary>
    public TimeSpan Lead { get; init; } = TimeSpan.FromSeconds(1);

    internal static async Task<Conversation> OpenAsync(
        AsyncDuplexStreamingCall<ConverseRequest, ConverseEvent> call, string sessionId, int sampleRate, TimeProvider time)
    {
        var conversation = new Conversation(call, sampleRate, time);
        try
        {
            var config = new ConverseConfig { SessionId = sessionId, SampleRate = sampleRate, Encoding = Encoding.PcmS16Le };
            await conversation.SendAsync(new ConverseRequest { Config = config }, CancellationToken.None).ConfigureAwait(false);
            return conversation;
        }
        catch
        {
            await conversation.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends speech as fast as the server takes it; waits while the server is full.</summary>
    /// <param name="speech">Mono at <see cref="SampleRate"/>, at most 500,000 samples.</param>
    public Task SendAudioAsync(ReadOnlyMemory<short> speech, CancellationToken cancellation = default)
    {
        // The wire is little-endian, as is every machine that .NET runs on here; the bytes are copied once.
        var data = ByteString.CopyFrom(MemoryMarshal.AsBytes(speech.Span));
        return SendAsync(new ConverseRequest { Audio = new AudioChunk { Data = data } }, cancellation);
    }

    /// <summary>Sends speech in pieces of 100 ms, never more than <see cref="Lead"/> ahead of real time.</summary>
    public async Task SpeakAsync(IAsyncEnumerable<ReadOnlyMemory<short>> speech, CancellationToken cancellation = default)
    {
        var chunk = (int)(SampleRate * ChunkDuration.TotalSeconds);
        var start = _time.GetTimestamp();
        var sent = TimeSpan.Zero;
        await foreach (var block in speech.WithCancellation(cancellation).ConfigureAwait(false))
        {
            for (var at = 0; at < block.Length; at += chunk)
            {
                var piece = block.Slice(at, Math.Min(chunk, block.Length - at));
                await SendAudioAsync(piece, cancellation).ConfigureAwait(false);
                sent += TimeSpan.FromSeconds((double)piece.Length / SampleRate);
                var ahead = sent - _time.GetElapsedTime(start) - Lead;
                if (ahead > TimeSpan.Zero)
                    await Task.Delay(ahead, _time, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What was sent since the last end is one turn; the face comes to rest after it.</summary>
    public Task EndTurnAsync(CancellationToken cancellation = default) =>
        SendAsync(new ConverseRequest { EndOfTurn = new EndOfTurn() }, cancellation);

    /// <summary>Cuts the running turn; the answer is a <see cref="ConversationEvent.SpeechFinished"/>.</summary>
    public Task InterruptAsync(CancellationToken cancellation = default) =>
        SendAsync(new ConverseRequest { Interrupt = new Interrupt() }, cancellation);

    /// <summary>Changes how the face speaks; null keeps what is in force.</summary>
    public Task SetStyleAsync(float? referenceScale = null, float? audioScale = null, int? steps = null, CancellationToken cancellation = default)
    {
        var style = new Style();
        if (referenceScale is { } reference)
            style.ReferenceScale = reference;
        if (audioScale is { } audio)
            style.AudioScale = audio;
        if (steps is { } count)
            style.Steps = count;
        return SendAsync(new ConverseRequest { Style = style }, cancellation);
    }

    public Task KeepAliveAsync(CancellationToken cancellation = default) =>
        SendAsync(new ConverseRequest { KeepAlive = new KeepAlive() }, cancellation);

    /// <summary>Says that nothing more will be sent; events go on until what was sent has been spoken.</summary>
    public Task CompleteAsync() => _call.RequestStream.CompleteAsync();

    /// <summary>Until the conversation ends. To be read once.</summary>
    public async IAsyncEnumerable<ConversationEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (await MoveNextAsync(cancellation).ConfigureAwait(false))
        {
            if (ConversationEvent.From(_call.ResponseStream.Current) is { } known)
                yield return known;
        }
    }

    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> MoveNextAsync(CancellationToken cancellation)
    {
        try
        {
            return await _call.ResponseStream.MoveNext(cancellation).ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw FadaClientException.From(e);
        }
    }

    private async Task SendAsync(ConverseRequest request, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Numbered under the lock, so that the numbers leave in order.
            if (request.Audio is { } audio)
                audio.Sequence = ++_sequence;
            await _call.RequestStream.WriteAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            throw FadaClientException.From(e);
        }
        catch (InvalidOperationException) when (_call.ResponseHeadersAsync.IsCompleted)
        {
            // The call has ended; its status says why.
            var status = _call.GetStatus();
            throw FadaClientException.From(new RpcException(status, _call.GetTrailers()));
        }
        finally
        {
            _writing.Release();
        }
    }
}
