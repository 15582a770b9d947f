using System.Net;
using System.Net.Sockets;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Tests.Doubles;
using Microsoft.Extensions.Configuration;

namespace FADA.Realtime.Server.Tests.Configuration;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Port", "70000", "0 to 65534")]
    [InlineData("Port", "65535", "0 to 65534")]
    [InlineData("GrpcPort", "-1", "0 to 65535")]
    [InlineData("MaxSessions", "0", "1 to 64")]
    [InlineData("MaxViewersPerSession", "500", "1 to 256")]
    [InlineData("IdleTimeout", "00:00:00", "00:00:01 to 1.00:00:00")]
    [InlineData("ShutdownTimeout", "00:05:01", "00:00:00 to 00:05:00")]
    [InlineData("ShutdownTimeout", "-00:00:01", "00:00:00 to 00:05:00")]
    [InlineData("MaxTextLength", "9999", "1 to 4000")]
    [InlineData("Device", "gpu", "auto, cpu, cuda or cuda:N")]
    [InlineData("Listen", "localhost", "an IP address")]
    [InlineData("Ice:StunServer", "stun.example.org", "stun://host:port")]
    [InlineData("Ice:TurnServer", "http://relay:80", "turn://user:password@host:port")]
    [InlineData("Limits:SessionsPerMinute", "-1", "0 to 100000")]
    [InlineData("Limits:AvatarsPerMinute", "100001", "0 to 100000")]
    [InlineData("Limits:ViewersPerMinute", "-5", "0 to 100000")]
    [InlineData("Ice:BindAddresses:0", "eth0", "IP addresses")]
    public void Read_ValueOutOfRange_NamesKeyValueAndRange(string key, string value, string allowed)
    {
        var refused = Assert.Throws<FadaConfigurationException>(() => Read(key, value));

        Assert.Contains($"Fada:{key.Replace(":0", "", StringComparison.Ordinal)} ", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Unreadable_NamesKeyAndValue()
    {
        var refused = Assert.Throws<FadaConfigurationException>(() => Read("MaxSessions", "many"));

        Assert.Contains("Fada:MaxSessions", refused.Message, StringComparison.Ordinal);
        Assert.Contains("many", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownKey_IsRefused()
    {
        var refused = Assert.Throws<FadaConfigurationException>(() => Read("MaxSesions", "3"));

        Assert.Contains("MaxSesions", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GoodValues_AreTaken()
    {
        var options = Read("IdleTimeout", "00:02:00");

        Assert.Equal(TimeSpan.FromMinutes(2), options.IdleTimeout);
        Assert.Equal("127.0.0.1", options.Listen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_PortInUse_SaysSoInOneSentence(bool pagePort)
    {
        using var squatter = new TcpListener(IPAddress.Loopback, 0);
        squatter.Start();
        var taken = ((IPEndPoint)squatter.LocalEndpoint).Port;
        var options = pagePort ? new FadaServerOptions { Port = taken, GrpcPort = 0 } : new FadaServerOptions { Port = 0, GrpcPort = taken };
        await using var server = FadaServer.Build(options, new DrawnCatalog());

        var refused = await Assert.ThrowsAsync<FadaConfigurationException>(() => server.StartAsync(RunningServer.Soon));

        Assert.StartsWith($"Port {taken} on 127.0.0.1 is already in use", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static FadaServerOptions Read(string key, string value) => OptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection([new($"Fada:{key}", value)]).Build());
}
