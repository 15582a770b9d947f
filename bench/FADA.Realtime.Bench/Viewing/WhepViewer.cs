using System.Net;
using System.Net.Http.Headers;
using FADA.Realtime.Media.WebRtc;
using FADA.Realtime.V1;

namespace FADA.Realtime.Bench.Viewing;

/// <summary>A light viewer of a session: comes by WHEP, counts frames, and says goodbye.</summary>
internal sealed class WhepViewer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly HttpClient _http;
    private readonly WebRtcReceiver _receiver;
    private readonly string _token;
    private Uri? _location;

    private WhepViewer(HttpClient http, string token) =>
        (_http, _token, _receiver) = (http, token, new WebRtcReceiver(new WebRtcOptions { BindAddresses = ["127.0.0.1"] }, TimeProvider.System));

    public FrameCount Video => _receiver.VideoFrames;

    public FrameCount Audio => _receiver.AudioFrames;

    /// <summary>From the POST to the first frame.</summary>
    public TimeSpan ToFirstFrame { get; private set; }

    /// <summary>Comes and waits for its first frame.</summary>
    /// <param name="http">With the server's address.</param>
    /// <exception cref="BenchException">It was refused, or saw nothing in time.</exception>
    public static async Task<WhepViewer> JoinAsync(HttpClient http, Session session, CancellationToken cancellation)
    {
        var viewer = new WhepViewer(http, session.Token);
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            timeout.CancelAfter(Patience);
            await viewer.ConnectAsync(session.WhepUrl, timeout.Token);
            return viewer;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await viewer.DisposeAsync();
            throw new BenchException($"A viewer saw no frame within {Patience.TotalSeconds:0} s.");
        }
        catch
        {
            await viewer.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_location is not null)
        {
            using var request = Request(HttpMethod.Delete, _location);
            using var timeout = new CancellationTokenSource(Patience);
            try
            {
                using var answer = await _http.SendAsync(request, timeout.Token);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // The server is gone, and with it the viewer there.
            }
        }

        await Task.Run(_receiver.Dispose);
    }

    private async Task ConnectAsync(string url, CancellationToken cancellation)
    {
        var offer = await _receiver.OfferAsync(cancellation);
        using var request = Request(HttpMethod.Post, new Uri(url, UriKind.Relative));
        request.Content = new StringContent(offer, new MediaTypeHeaderValue("application/sdp"));
        var posted = TimeProvider.System.GetTimestamp();
        using var response = await _http.SendAsync(request, cancellation);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        if (response.StatusCode != HttpStatusCode.Created)
            throw new BenchException($"The server answered a viewer with {(int)response.StatusCode}: {body.ReplaceLineEndings(" ")}");
        _location = response.Headers.Location;
        await _receiver.AcceptAsync(body, cancellation);
        await Video.First.WaitAsync(cancellation);
        ToFirstFrame = TimeProvider.System.GetElapsedTime(posted);
    }

    private HttpRequestMessage Request(HttpMethod method, Uri uri)
    {
        var request = new HttpRequestMessage(method, uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return request;
    }
}
