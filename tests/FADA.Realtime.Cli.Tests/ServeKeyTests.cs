using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FADA.Realtime.Cli.Tests;

/// <summary>Keys as the person who runs the server meets them.</summary>
public sealed class ServeKeyTests
{
    [Fact]
    public async Task CreateKey_Name_PrintsKeyAndItsHashAndExits0()
    {
        var result = await FadaProcess.RunAsync("serve", "--create-key", "backend", "--json");

        Assert.Equal(0, result.ExitCode);
        var told = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("Fada__Auth__Keys__backend", told.GetProperty("setting").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(told.GetProperty("key").GetString()!))), told.GetProperty("hash").GetString());
    }

    [Fact]
    public async Task CreateKey_ForPeople_PrintsTheLineToSet()
    {
        var result = await FadaProcess.RunAsync("serve", "--create-key", "my_shop");

        Assert.Matches("(?m) fada_[A-Za-z0-9_-]{43}$", result.Output);
        Assert.Matches("(?m) Fada__Auth__Keys__my_shop=[0-9a-f]{64}$", result.Output);
    }

    [Fact]
    public async Task Serve_BeyondThisMachineWithoutKey_SaysWhatToDoAndExits1()
    {
        var result = await FadaProcess.RunAsync("serve", "--host", "0.0.0.0", "--port", "0");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("--create-key", result.OneSentence(), StringComparison.Ordinal);
    }
}
