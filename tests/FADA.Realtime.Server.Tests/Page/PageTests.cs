using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Page;

public sealed class PageTests
{
    [Fact]
    public async Task Page_AndAllItNames_AreServedUnderAPolicy()
    {
        await using var server = await RunningServer.StartAsync();

        using var page = await server.Http.GetAsync("/");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var (file, type) in new[] { ("style.css", "text/css"), ("js/console.js", "text/javascript"), ("icon.svg", "image/svg+xml") })
        {
            Assert.Contains(file, html, StringComparison.Ordinal);
            using var part = await server.Http.GetAsync(file);
            Assert.Equal((HttpStatusCode.OK, type), (part.StatusCode, part.Content.Headers.ContentType?.MediaType));
        }
    }

    [Theory]
    [InlineData("/nothing.js")]
    [InlineData("/../FadaServer.cs")]
    [InlineData("/js/%2e%2e/%2e%2e/secret")]
    public async Task File_ThatIsNotThere_IsNotFound(string path)
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("NOT_FOUND", await RunningServer.ReasonAsync(response));
    }

    [Fact]
    public void CommittedScripts_AreBuiltFromTheseSources()
    {
        var web = Path.GetFullPath("../../../clients/web", Here());
        var wwwroot = Path.GetFullPath("../../../src/FADA.Realtime.Server/wwwroot", Here());
        using var built = JsonDocument.Parse(File.ReadAllText(Path.Combine(wwwroot, "built.json")));

        Assert.Equal(Listed(built, "sources"), Hashes(web, "src", "static"));
        Assert.Equal(Listed(built, "outputs"), Hashes(wwwroot, ".").Where(f => f.Key != "built.json"));
    }

    private static SortedDictionary<string, string> Listed(JsonDocument built, string part) => new(
        built.RootElement.GetProperty(part).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!), StringComparer.Ordinal);

    private static SortedDictionary<string, string> Hashes(string root, params string[] folders) => new(
        folders.SelectMany(f => Directory.EnumerateFiles(Path.GetFullPath(f, root), "*", SearchOption.AllDirectories)).ToDictionary(
            f => Path.GetRelativePath(root, f), f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))), StringComparer.Ordinal);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)! + "/";
}
