using FADA.Realtime.Media.Encoders;
using Microsoft.Extensions.Logging.Abstractions;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>
/// Loads what the first session would otherwise wait for (plugins, encoder, DTLS certificate, compiled code): answers
/// one made-up viewer on loopback and forgets it.
/// </summary>
public static class MediaWarmUp
{
    private const string Transport =
        "c=IN IP4 0.0.0.0\r\na=ice-ufrag:warm\r\na=ice-pwd:warmwarmwarmwarmwarmwarm\r\na=setup:actpass\r\na=rtcp-mux\r\na=recvonly\r\n" +
        "a=fingerprint:sha-256 00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00\r\n";

    private const string Offer =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n" +
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\n" + Transport + "a=mid:0\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 H264/90000\r\n" +
        "a=fmtp:97 packetization-mode=1;profile-level-id=42e01f\r\n" +
        "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" + Transport + "a=mid:1\r\na=rtpmap:111 opus/48000/2\r\n";

    /// <exception cref="MediaException">GStreamer or an element is missing; the message names the Debian package.</exception>
    public static async Task RunAsync(VideoCodec codec, CancellationToken cancel)
    {
        var options = new MediaSessionOptions
        {
            Encoder = new SessionEncoderOptions { Width = 64, Height = 64, Codec = codec },
            WebRtc = new WebRtcOptions { BindAddresses = ["127.0.0.1"] },
        };
        await using var session = new MediaSession(options, TimeProvider.System, NullLogger<MediaSession>.Instance);
        await session.AddViewerAsync(Offer, cancel);
        session.PushVideo(new byte[64 * 64 * 3 / 2], TimeSpan.Zero);
        session.PushAudio(new short[640], TimeSpan.Zero);
    }
}
