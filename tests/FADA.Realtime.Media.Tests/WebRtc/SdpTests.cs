using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.Sdp;
using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Media.WebRtc;

namespace FADA.Realtime.Media.Tests.WebRtc;

public sealed class SdpTests
{
    private const string Transport =
        "a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=setup:actpass\r\n" +
        "a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\n";

    private const string Video =
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 104\r\nc=IN IP4 0.0.0.0\r\n" + Transport +
        "a=mid:1\r\na=recvonly\r\na=rtcp-mux\r\na=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n" +
        "a=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack\r\na=rtcp-fb:96 nack pli\r\na=rtcp-fb:96 transport-cc\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n" +
        "a=rtpmap:102 H264/90000\r\na=fmtp:102 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f\r\n" +
        "a=rtpmap:103 H264/90000\r\na=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=64001f\r\n" +
        "a=rtpmap:104 H264/90000\r\na=fmtp:104 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n";

    private const string Audio =
        "m=audio 9 UDP/TLS/RTP/SAVPF 63 111\r\nc=IN IP4 0.0.0.0\r\n" + Transport +
        "a=mid:0\r\na=recvonly\r\na=rtcp-mux\r\na=rtpmap:63 red/48000/2\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n" +
        "a=candidate:1 1 udp 2113937151 1b0e6ba5-7ad3.local 50000 typ host\r\na=candidate:2 1 udp 2113937151 192.0.2.7 50000 typ host generation 0\r\n" +
        "a=candidate:3 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active\r\n";

    private const string Data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n" + Transport + "a=mid:2\r\na=sctp-port:5000\r\n";

    private static readonly string Offer = Head("0 1 2") + Audio + Video + Data;

    [Fact]
    public void ForViewer_BrowserOffer_TakesTheOffersNumbers()
    {
        var vp8 = SdpNegotiation.ForViewer(Offer, VideoCodec.Vp8);
        var h264 = SdpNegotiation.ForViewer(Offer, VideoCodec.H264);

        Assert.Equal(96, vp8.Video!.Codec.PayloadType);
        Assert.Equal(97, vp8.Video.Retransmission!.PayloadType);
        Assert.Equal(3, vp8.Video.TransportFeedbackId);
        Assert.Equal(111, vp8.Audio!.Codec.PayloadType);
        Assert.Equal(104, h264.Video!.Codec.PayloadType);
        Assert.Equal([0, 1], vp8.Media.Select(media => media.Section.Index));
    }

    [Fact]
    public void OfferForWebRtc_MdnsAndTcpCandidates_AreLeftOut()
    {
        var text = SdpWriter.OfferForWebRtc(SdpNegotiation.ForViewer(Offer, VideoCodec.Vp8), SdpDirection.ReceiveOnly);

        Assert.DoesNotContain(".local", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" tcp ", text, StringComparison.Ordinal);
        Assert.Contains("192.0.2.7 50000", text, StringComparison.Ordinal);
        Assert.DoesNotContain("application", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddViewer_OfferWithMoreThanWeServe_AnswersEverySectionInOrder()
    {
        await using var session = MediaSessionTests.Create();

        var answer = await session.AddViewerAsync(Offer, default);

        var lines = answer.Sdp.Split("\r\n");
        Assert.Equal(
            ["m=audio 9 UDP/TLS/RTP/SAVPF 111", "m=video 9 UDP/TLS/RTP/SAVPF 96 97", "m=application 0 UDP/DTLS/SCTP webrtc-datachannel"],
            lines.Where(line => line.StartsWith("m=", StringComparison.Ordinal)));
        Assert.Contains("a=group:BUNDLE 0 1", lines);
        Assert.Equal(2, lines.Count(line => line == "a=sendonly"));
        Assert.Contains(lines, line => line.StartsWith("a=candidate:", StringComparison.Ordinal) && line.Contains("127.0.0.1", StringComparison.Ordinal));
        Assert.Contains("a=end-of-candidates", lines);
        Assert.Contains(lines, line => line.StartsWith("a=ssrc-group:FID", StringComparison.Ordinal) && !line.Contains(" 0 ", StringComparison.Ordinal));
        Assert.Single(lines.Where(line => line.StartsWith("a=ssrc:", StringComparison.Ordinal) && line.Contains(" msid:", StringComparison.Ordinal))
            .Select(line => line.Split("msid:")[1].Split(' ')[0]).Distinct());
    }

    [Fact]
    public async Task AddViewer_OfferWithoutOurVideo_StillGetsTheSound()
    {
        await using var session = MediaSessionTests.Create();

        var answer = await session.AddViewerAsync(Head("0 1 2") + Audio + Video.Replace("VP8", "AV1", StringComparison.Ordinal) + Data, default);

        Assert.Contains("m=audio 9 ", answer.Sdp, StringComparison.Ordinal);
        Assert.Contains("m=video 0 ", answer.Sdp, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "", "empty" },
        { "hello", "v=0" },
        { "v=0\r\nnonsense\r\n", "Line 2" },
        { Head(""), "no media" },
        { Head("0 9") + Audio, "'9'" },
        { Head("") + Audio.Replace("a=mid:0\r\n", "", StringComparison.Ordinal), "a=mid" },
        { Head("0") + Audio + Audio, "twice" },
        { Head("") + Audio.Replace("a=rtcp-mux\r\n", "", StringComparison.Ordinal), "a=rtcp-mux" },
        { Head("") + Audio.Replace("sha-256 00:11", "sha-256 zz:11", StringComparison.Ordinal), "fingerprint" },
        { Head("") + Audio.Replace("ice-ufrag:abcd", "ice-ufrag:a", StringComparison.Ordinal), "ice-ufrag" },
        { Head("") + Audio.Replace("UDP/TLS/RTP/SAVPF", "RTP/AVP", StringComparison.Ordinal), "RTP/AVP" },
        { Head("") + Audio.Replace("m=audio 9", "m=audio ninety", StringComparison.Ordinal), "media line" },
        { Head("") + Audio.Replace("a=recvonly", "a=sendonly", StringComparison.Ordinal), "neither" },
        { Head("") + string.Concat(Enumerable.Repeat("m=audio 0 UDP/TLS/RTP/SAVPF 0\r\n", 33)), "more than 32" },
        { "v=0\r\n" + new string('a', 200_000), "characters" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task AddViewer_MalformedOffer_IsAnSdpErrorThatSaysWhat(string offer, string part)
    {
        await using var session = MediaSessionTests.Create();

        var error = await Assert.ThrowsAsync<SdpException>(() => session.AddViewerAsync(offer, default));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, session.ViewerCount);
    }

    [Fact]
    public async Task AddViewer_MutilatedOffers_NeverEndTheProcess()
    {
        await using var session = MediaSessionTests.Create(maxViewers: 200);
        var random = new Random(11);
        var answered = 0;
        for (var i = 0; i < 120; i++)
        {
            var lines = Offer.Split("\r\n").ToList();
            for (var cut = random.Next(1, 4); cut > 0; cut--)
            {
                var at = random.Next(lines.Count);
                switch (random.Next(3))
                {
                    case 0:
                        lines.RemoveAt(at);
                        break;
                    case 1:
                        lines.Insert(random.Next(lines.Count), lines[at]);
                        break;
                    default:
                        lines[at] = lines[at][..random.Next(lines[at].Length + 1)] + (char)random.Next(32, 127);
                        break;
                }
            }
            try
            {
                await session.AddViewerAsync(string.Join("\r\n", lines), default);
                answered++;
            }
            catch (MediaException)
            {
                // Refused: just as well.
            }
        }

        Assert.InRange(answered, 1, 119);
    }

    private static string Head(string bundle) =>
        "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n" +
        (bundle.Length > 0 ? $"a=group:BUNDLE {bundle}\r\n" : "") + "a=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n";
}
