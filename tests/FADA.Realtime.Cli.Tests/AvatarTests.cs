using System.Text.Json;

namespace FADA.Realtime.Cli.Tests;

public sealed class AvatarTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Fact]
    public async Task AvatarList_AfterAddAndRemove_TellsTheAvatarsWithTheDefaultFirst()
    {
        var folder = _files.PathOf("avatars");
        string[] before = await ListAsync(folder);

        var added = await FadaProcess.RunAsync("avatar", "add", "a-name", TestFiles.DefaultPortrait, "--consent", "synthetic", "--avatars", folder, "--json");
        var during = await ListAsync(folder);
        var removed = await FadaProcess.RunAsync("avatar", "remove", "a-name", "--avatars", folder, "--json");

        Assert.True(added.ExitCode == 0, added.Error);
        Assert.True(removed.ExitCode == 0, removed.Error);
        Assert.Equal("default", before[0]);
        Assert.Equal([.. before, "a-name"], during);
        Assert.Equal(before, await ListAsync(folder));
    }

    [Fact]
    public async Task AvatarRemove_OfTheDefaultAvatar_IsRefused()
    {
        var result = await FadaProcess.RunAsync("avatar", "remove", "default", "--avatars", _files.PathOf("avatars"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("default", result.OneSentence(), StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private static async Task<string[]> ListAsync(string folder)
    {
        var result = await FadaProcess.RunAsync("avatar", "list", "--avatars", folder, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        var list = JsonDocument.Parse(result.Output).RootElement.EnumerateArray().ToList();
        Assert.All(list, avatar => Assert.Equal(["name", "source", "consent", "width", "height"], avatar.EnumerateObject().Select(p => p.Name)));
        return [.. list.Select(avatar => avatar.GetProperty("name").GetString()!)];
    }
}
