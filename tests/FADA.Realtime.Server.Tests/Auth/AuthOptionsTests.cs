using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace FADA.Realtime.Server.Tests.Auth;

public sealed class AuthOptionsTests
{
    private const string Hash = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public void Read_BeyondLoopbackWithoutKey_SaysWhatToDo(string address)
    {
        var refused = Assert.Throws<FadaConfigurationException>(() => Read(("Listen", address)));

        Assert.Contains(address, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--create-key", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Fada__Auth__Mode=Open", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("127.0.0.1", null, null, AuthMode.Open)]
    [InlineData("::1", null, null, AuthMode.Open)]
    [InlineData("0.0.0.0", "Open", null, AuthMode.Open)]
    [InlineData("0.0.0.0", null, Hash, AuthMode.Keys)]
    [InlineData("127.0.0.1", null, Hash, AuthMode.Keys)]
    [InlineData("127.0.0.1", "Open", Hash, AuthMode.Open)]
    public void Read_ModeUnset_FollowsTheKeys(string address, string? mode, string? hash, AuthMode expected)
    {
        var options = Read(("Listen", address), ("Auth:Mode", mode), ("Auth:Keys:backend", hash));

        Assert.Equal(expected, options.Auth.EffectiveMode);
    }

    [Fact]
    public void Read_KeysModeWithoutKey_IsRefused()
    {
        var refused = Assert.Throws<FadaConfigurationException>(() => Read(("Auth:Mode", "Keys")));

        Assert.Contains("Fada:Auth:Mode is 'Keys'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Auth:Mode", "Closed", "Closed")]
    [InlineData("Auth:Mode", "7", "Open or Keys")]
    [InlineData("Auth:TokenLifetime", "00:00:59", "00:01:00 to 1.00:00:00")]
    [InlineData("Auth:TokenLifetime", "1.00:00:01", "00:01:00 to 1.00:00:00")]
    [InlineData("Auth:Keys:two words", Hash, "letters, digits")]
    public void Read_OutOfRange_NamesKeyAndRange(string key, string value, string told)
    {
        var refused = Assert.Throws<FadaConfigurationException>(() => Read((key, value)));

        Assert.Contains("Fada:Auth:", refused.Message, StringComparison.Ordinal);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SecretInTheWrongPlace_IsRefusedWithoutShowingIt()
    {
        var key = ApiKey.Create("backend");

        var clear = Assert.Throws<FadaConfigurationException>(() => Read(("Auth:Keys:backend", key.Value)));
        var weak = Assert.Throws<FadaConfigurationException>(() => Read(("Auth:TokenSecret", "c2VjcmV0")));

        Assert.Contains("Fada:Auth:Keys:backend", clear.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Value, clear.Message, StringComparison.Ordinal);
        Assert.Contains("Fada:Auth:TokenSecret", weak.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", weak.Message, StringComparison.Ordinal);
    }

    private static FadaServerOptions Read(params (string Key, string? Value)[] values) => OptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(
            values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create($"Fada:{v.Key}", v.Value))).Build());
}
