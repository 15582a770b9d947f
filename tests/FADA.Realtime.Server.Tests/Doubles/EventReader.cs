using System.Net;
using System.Text.Json;

namespace FADA.Realtime.Server.Tests.Doubles;

/// <summary>Reads a session's server-sent events.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream body) => (_response, _lines) = (response, new StreamReader(body));

    public static async Task<EventReader> OpenAsync(RunningServer server, string id, string token)
    {
        var response = await server.SendAsync(HttpMethod.Get, $"/api/sessions/{id}/events", token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event of this kind; others are passed over.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (await _lines.ReadLineAsync(RunningServer.Soon) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            var told = JsonDocument.Parse(line[6..]).RootElement;
            if (told.GetProperty("type").GetString() == type)
                return told;
        }

        throw new InvalidOperationException($"The events ended without '{type}'.");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
