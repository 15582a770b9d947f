using System.Buffers.Binary;
using System.Threading.Channels;
using FADA.Realtime.Media.Audio;
using FADA.Realtime.Server.Speech;

namespace FADA.Realtime.Server.Conversation;

/// <summary>
/// The speech of one conversation on its way to the face. A few chunks wait here, so that an interrupt sent after them
/// is still read while the session is full; when they are full too, reading waits.
/// </summary>
internal sealed class ConverseVoice : IAsyncDisposable
{
    private const int Capacity = 16;

    private readonly Channel<Piece> _waiting = Channel.CreateBounded<Piece>(Capacity);
    private readonly CancellationTokenSource _stop = new();
    private readonly SpeechFloor _floor;
    private readonly Resampler? _resampler;
    private readonly Task _speaking;
    private int _epoch;

    /// <param name="sampleRate">Of what will be said, 8000 to 48000.</param>
    public ConverseVoice(SpeechFloor floor, int sampleRate)
    {
        _floor = floor;
        _resampler = sampleRate == Resampler.OutputRate ? null : new Resampler(sampleRate);
        _speaking = Task.Run(SpeakAsync);
    }

    /// <summary>Completes with the last piece, faults when the session cannot take any more.</summary>
    public Task Ended => _speaking;

    /// <param name="data">PCM s16le, mono.</param>
    public ValueTask SayAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation) =>
        _waiting.Writer.WriteAsync(new Piece(data, Volatile.Read(ref _epoch)), cancellation);

    public ValueTask EndTurnAsync(CancellationToken cancellation) =>
        _waiting.Writer.WriteAsync(new Piece(null, Volatile.Read(ref _epoch)), cancellation);

    /// <summary>What was said so far and is not yet on its way is dropped; what comes next is another turn.</summary>
    public void Drop() => Interlocked.Increment(ref _epoch);

    /// <summary>No more will come; completes when all of it is with the session.</summary>
    public Task FinishAsync(CancellationToken cancellation)
    {
        _waiting.Writer.TryComplete();
        return _speaking.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync();
        await _speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task SpeakAsync()
    {
        SpeechTurn? turn = null;
        var epoch = 0;
        var cut = false;
        try
        {
            await foreach (var piece in _waiting.Reader.ReadAllAsync(_stop.Token))
            {
                if (piece.Epoch != epoch)
                {
                    // After an interrupt: another turn, and nothing of the old one left in the filter.
                    Leave(ref turn);
                    epoch = piece.Epoch;
                    cut = false;
                }

                if (epoch != Volatile.Read(ref _epoch))
                    continue;
                if (piece.Data is { } data && !cut)
                {
                    turn ??= await _floor.TakeAsync(_stop.Token);
                    // Somebody else's interrupt: the floor is free for others, the rest of this turn goes nowhere.
                    cut = !await turn.WriteAsync(Resample(data.Span), _stop.Token);
                    if (cut)
                        Leave(ref turn);
                }
                else if (piece.Data is null)
                {
                    if (turn is not null)
                        await turn.WriteAsync(Rest(), _stop.Token);
                    Leave(ref turn);
                    cut = false;
                }
            }

            if (turn is not null)
                await turn.WriteAsync(Rest(), _stop.Token);
        }
        finally
        {
            Leave(ref turn);
        }
    }

    private void Leave(ref SpeechTurn? turn)
    {
        turn?.Dispose();
        turn = null;
        _ = Rest();
    }

    private short[] Resample(ReadOnlySpan<byte> data)
    {
        var samples = new short[data.Length / 2];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(2 * i)..]);
        if (_resampler is null)
            return samples;
        var output = new short[_resampler.MaxOutput(samples.Length)];
        return output[.._resampler.Process(samples, output)];
    }

    private short[] Rest()
    {
        if (_resampler is null)
            return [];
        // Its filter is a few milliseconds long; a second is room enough.
        var output = new short[Resampler.OutputRate];
        return output[.._resampler.Flush(output)];
    }

    /// <param name="Data">Null: the turn ends here.</param>
    private readonly record struct Piece(ReadOnlyMemory<byte>? Data, int Epoch);
}
