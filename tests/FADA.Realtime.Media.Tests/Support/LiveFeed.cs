using FADA.Realtime.Media.WebRtc;

namespace FADA.Realtime.Media.Tests.Support;

/// <summary>Pushes pictures and a tone into a session at 25 ticks a second, as the playout clock does.</summary>
internal sealed class LiveFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public LiveFeed(MediaSession session)
    {
        var (width, height) = (session.Encoder.Options.Width, session.Encoder.Options.Height);
        _loop = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
            var tone = TestSounds.Tone(440, 16_000, 16_000);
            for (var i = 0; !_stop.IsCancellationRequested; i++)
            {
                session.PushVideo(TestPictures.Moving(width, height, i), TimeSpan.FromMilliseconds(40 * i));
                session.PushAudio(tone.AsSpan(i % 25 * 640, 640), TimeSpan.FromMilliseconds(40 * i));
                try
                {
                    await timer.WaitForNextTickAsync(_stop.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }
}
