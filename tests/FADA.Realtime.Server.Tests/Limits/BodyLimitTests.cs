using System.Net.Http.Headers;
using System.Text;
using FADA.Realtime.Server.Tests.Doubles;
using FADA.Realtime.Server.Tests.Rpc;
using Google.Protobuf;
using Grpc.Core;

namespace FADA.Realtime.Server.Tests.Limits;

public sealed class BodyLimitTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private string _id = "";
    private string _token = "";

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync(o => (o.MaxPortraitBytes, o.MaxSpeechBytes) = (200_000, 300_000));
        (_id, _token) = await _server.NewSessionAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("/api/sessions", "application/json", 65_537, "BODY_TOO_LARGE")]
    [InlineData("/api/sessions/ID/tokens", "application/json", 65_537, "BODY_TOO_LARGE")]
    [InlineData("/api/sessions/ID/say", "application/json", 65_537, "BODY_TOO_LARGE")]
    [InlineData("/api/sessions/ID/samples/welcome", "application/json", 65_537, "BODY_TOO_LARGE")]
    [InlineData("/api/sessions/ID/interrupt", "application/json", 65_537, "BODY_TOO_LARGE")]
    [InlineData("/api/sessions/ID/speech", "audio/wav", 300_001, "BODY_TOO_LARGE")]
    [InlineData("/api/avatars?name=a&consent=me", "image/png", 200_001, "IMAGE_TOO_LARGE")]
    [InlineData("/whep/ID", "application/sdp", 65_537, "BODY_TOO_LARGE")]
    [InlineData("/whip/ID", "application/sdp", 65_537, "BODY_TOO_LARGE")]
    public async Task Post_BodyOverTheLimit_Is413(string path, string type, int bytes, string reason)
    {
        using var response = await PostAsync(path, new ByteArrayContent(Body(bytes)), type);

        Assert.Equal((413, reason), ((int)response.StatusCode, await RunningServer.ReasonAsync(response)));
    }

    [Theory]
    [InlineData("/api/sessions", "application/json", 65_537)]
    [InlineData("/api/sessions/ID/say", "application/json", 65_537)]
    [InlineData("/api/sessions/ID/speech", "audio/wav", 300_001)]
    [InlineData("/api/avatars?name=a&consent=me", "image/png", 200_001)]
    [InlineData("/whep/ID", "application/sdp", 65_537)]
    [InlineData("/whip/ID", "application/sdp", 65_537)]
    public async Task Post_BodyOfUntoldLengthOverTheLimit_Is413(string path, string type, int bytes)
    {
        using var response = await PostAsync(path, new ChunkedContent(Body(bytes)), type);

        Assert.Equal(413, (int)response.StatusCode);
    }

    [Fact]
    public async Task Rpc_MessageOverTheLimit_IsRefused()
    {
        await Refused.ByAsync(StatusCode.InvalidArgument, "IMAGE_TOO_LARGE", () => _server.Avatars.CreateAsync(
            new() { Name = "a", Consent = "me", Portrait = ByteString.CopyFrom(new byte[200_001]) }, RunningServer.Call).ResponseAsync);
        var refused = await Assert.ThrowsAsync<RpcException>(() => _server.Sessions.CreateAsync(
            new() { Avatar = new string('a', 1_200_000) }, RunningServer.Call).ResponseAsync);
        // RESOURCE_EXHAUSTED, or a torn stream where the client was still sending; NOT_FOUND would say that it was read.
        Assert.Contains(refused.StatusCode, new List<StatusCode> { StatusCode.ResourceExhausted, StatusCode.Unknown, StatusCode.Internal, StatusCode.Cancelled });
    }

    // What every endpoint takes for the beginning of something.
    private static byte[] Body(int bytes) => Encoding.ASCII.GetBytes("{\"text\":\"".PadRight(bytes, 'x'));

    private async Task<HttpResponseMessage> PostAsync(string path, HttpContent content, string type)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await _server.SendAsync(HttpMethod.Post, path.Replace("ID", _id, StringComparison.Ordinal), _token, content);
    }

    private sealed class ChunkedContent(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
