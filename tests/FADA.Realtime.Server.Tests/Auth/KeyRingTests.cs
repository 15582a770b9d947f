using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;

namespace FADA.Realtime.Server.Tests.Auth;

public sealed class KeyRingTests
{
    [Fact]
    public void Find_OneOfSeveralKeys_TellsItsName()
    {
        var (first, second) = (ApiKey.Create("first"), ApiKey.Create("second"));
        var ring = Ring(first, second);

        Assert.Equal("first", ring.Find(first.Value));
        Assert.Equal("second", ring.Find(second.Value));
    }

    [Fact]
    public void Find_UnknownOrChangedKey_FindsNone()
    {
        var known = ApiKey.Create("known");
        var ring = Ring(known);

        Assert.Null(ring.Find(ApiKey.Create("known").Value));
        Assert.Null(ring.Find(known.Value.AsSpan()[..^1]));
        Assert.Null(ring.Find(known.Value + "x"));
        Assert.Null(ring.Find(known.Hash));
        Assert.Null(ring.Find("fada_" + new string('é', 43)));
        Assert.Null(ring.Find(""));
    }

    [Fact]
    public void Create_Twice_GivesDifferentSecretsThatAreNotPrinted()
    {
        var (one, other) = (ApiKey.Create("same"), ApiKey.Create("same"));

        Assert.NotEqual(one.Value, other.Value);
        Assert.NotEqual(one.Hash, other.Hash);
        Assert.Matches("^fada_[A-Za-z0-9_-]{43}$", one.Value);
        Assert.DoesNotContain(one.Value, $"{one}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a__b")]
    [InlineData("1st")]
    [InlineData("a:b")]
    public void Create_NameThatNoVariableCarries_IsRefused(string name) =>
        Assert.Throws<FadaConfigurationException>(() => ApiKey.Create(name));

    private static KeyRing Ring(params ApiKey[] keys)
    {
        var options = new FadaServerOptions();
        foreach (var key in keys)
            options.Auth.Keys[key.Name] = key.Hash;
        return new KeyRing(options);
    }
}
