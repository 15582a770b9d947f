using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Recording;

public sealed class RecordingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Recording_StartedAndStopped_LeavesAFileThatPlays()
    {
        await using var server = await RunningServer.StartAsync(o => o.Recording.Folder = _folder.Path);
        var (id, _) = await server.NewSessionAsync();

        using var started = await server.SendAsync(HttpMethod.Post, $"/api/sessions/{id}/recording");
        using var again = await server.SendAsync(HttpMethod.Post, $"/api/sessions/{id}/recording");
        await WaitAsync(server, id, seconds: 1);
        using var stopped = await server.SendAsync(HttpMethod.Delete, $"/api/sessions/{id}/recording");

        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        Assert.Equal("RECORDING_BUSY", await RunningServer.ReasonAsync(again));
        var told = await stopped.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Stopped", told.GetProperty("end").GetString());
        var file = _folder.File(told.GetProperty("file").GetString()!);
        Assert.Equal(new FileInfo(file).Length, told.GetProperty("bytes").GetInt64());
        var codecs = TempFolder.Run("ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", file).Split('\n');
        Assert.Equal(["opus", "vp8"], codecs.Select(c => c.Trim(',')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Recording_WithoutAFolder_IsOff()
    {
        await using var server = await RunningServer.StartAsync();
        var (id, _) = await server.NewSessionAsync();

        using var refused = await server.SendAsync(HttpMethod.Post, $"/api/sessions/{id}/recording");
        using var none = await server.SendAsync(HttpMethod.Get, $"/api/sessions/{id}/recording");

        Assert.Equal("RECORDING_OFF", await RunningServer.ReasonAsync(refused));
        Assert.Equal("RECORDING_NOT_FOUND", await RunningServer.ReasonAsync(none));
    }

    private static async Task WaitAsync(RunningServer server, string id, double seconds)
    {
        for (var i = 0; i < 400; i++)
        {
            using var response = await server.SendAsync(HttpMethod.Get, $"/api/sessions/{id}/recording");
            if ((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("totalSeconds").GetDouble() >= seconds)
                return;
            await Task.Delay(50);
        }

        Assert.Fail("The recording did not grow.");
    }
}
