using FADA.Realtime.Media.WebRtc;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Speech;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Sessions;

/// <summary>The one microphone of a session.</summary>
internal sealed class MicrophoneSlot(LiveSession session, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private MicrophoneFeed? _feed;
    private bool _taken;
    private bool _closed;

    public bool Taken => Volatile.Read(ref _taken);

    /// <summary>Answers a microphone's offer.</summary>
    /// <exception cref="FadaException">MICROPHONE_BUSY or NOT_LIVE.</exception>
    /// <exception cref="SdpException">The offer will not do.</exception>
    public async Task<WebRtcMicrophone> OpenAsync(string offer, SessionEngine engine, CancellationToken cancellation)
    {
        var floor = session.Floor;
        lock (_lock)
        {
            if (_closed)
                throw Refusals.SessionNotFound(session.Id);
            if (_taken)
                throw Refusals.MicrophoneBusy();
            _taken = true;
        }

        try
        {
            var microphone = await WebRtcMicrophone.AnswerAsync(offer, engine.WebRtc, engine.Time, cancellation);
            var feed = new MicrophoneFeed(microphone, floor, logger);
            lock (_lock)
            {
                _feed = feed;
            }

            _ = FreeWhenEndedAsync(feed);
            if (session.Closed.IsCancellationRequested)
                await DisposeAsync();
            return microphone;
        }
        catch
        {
            Free();
            throw;
        }
    }

    public WebRtcMicrophone Get(string id)
    {
        lock (_lock)
        {
            return _feed is { } feed && feed.Id == id ? feed.Microphone : throw Refusals.PeerNotFound();
        }
    }

    public async Task CloseAsync(string id)
    {
        _ = Get(id);
        await EndFeedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
        }

        await EndFeedAsync();
    }

    private async Task FreeWhenEndedAsync(MicrophoneFeed feed)
    {
        await feed.Ended;
        MicrophoneFeed? mine;
        lock (_lock)
        {
            mine = _feed == feed ? _feed : null;
        }

        if (mine is not null)
            await EndFeedAsync();
    }

    private async Task EndFeedAsync()
    {
        MicrophoneFeed? feed;
        lock (_lock)
        {
            feed = _feed;
            _feed = null;
        }

        if (feed is null)
            return;
        try
        {
            await feed.DisposeAsync();
        }
        finally
        {
            session.Touch();
            Free();
        }
    }

    private void Free()
    {
        lock (_lock)
        {
            _taken = false;
        }
    }
}
