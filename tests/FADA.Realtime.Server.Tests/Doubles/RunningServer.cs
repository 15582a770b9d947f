using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FADA.Realtime.Client;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Sessions;
using FADA.Realtime.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FADA.Realtime.Server.Tests.Doubles;

/// <summary>A real server on free loopback ports with drawn faces, and the ways to talk to it.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GrpcChannel _channel;

    private RunningServer(FadaServer server, DrawnCatalog catalog)
    {
        (Server, Catalog) = (server, catalog);
        Http = new HttpClient { BaseAddress = server.PageAddress, Timeout = Patience };
        Client = new FadaClient(server.GrpcAddress);
        _channel = GrpcChannel.ForAddress(server.GrpcAddress);
        Avatars = new AvatarService.AvatarServiceClient(_channel);
        Sessions = new SessionService.SessionServiceClient(_channel);
    }

    public FadaServer Server { get; }

    public DrawnCatalog Catalog { get; }

    public HttpClient Http { get; }

    public FadaClient Client { get; }

    public GrpcChannel Channel => _channel;

    public AvatarService.AvatarServiceClient Avatars { get; }

    public SessionService.SessionServiceClient Sessions { get; }

    internal SessionRegistry Registry => Server.Services.GetRequiredService<SessionRegistry>();

    internal SessionTokens Tokens => Server.Services.GetRequiredService<SessionTokens>();

    public static CancellationToken Soon => new CancellationTokenSource(Patience).Token;

    public static CallOptions Call => new(deadline: DateTime.UtcNow + Patience);

    public static async Task<RunningServer> StartAsync(Action<FadaServerOptions>? change = null, Action<WebApplicationBuilder>? configure = null)
    {
        // A test that ends in the middle of a turn has seen what it wanted to see.
        var options = new FadaServerOptions { Port = 0, ShutdownTimeout = TimeSpan.Zero };
        change?.Invoke(options);
        var catalog = new DrawnCatalog();
        var server = FadaServer.Build(options, catalog, configure);
        await server.StartAsync(Soon);
        return new RunningServer(server, catalog);
    }

    /// <summary>A session over the page's API: id and token.</summary>
    public async Task<(string Id, string Token)> NewSessionAsync(string? avatar = null)
    {
        using var response = await Http.PostAsJsonAsync("/api/sessions", new { avatar });
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("id").GetString()!, body.GetProperty("token").GetString()!);
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token = null, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Soon);
    }

    /// <summary>The reason of a refusal.</summary>
    public static async Task<string> ReasonAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reason").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Client.Dispose();
        _channel.Dispose();
        await Server.DisposeAsync();
    }
}
