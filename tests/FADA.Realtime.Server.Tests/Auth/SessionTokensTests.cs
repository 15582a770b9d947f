using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace FADA.Realtime.Server.Tests.Auth;

public sealed class SessionTokensTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly string Secret = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_OwnToken_TellsSessionRoleAndExpiry(byte number)
    {
        var (tokens, role) = (Make(), (SessionRole)number);

        var (token, expires) = tokens.Issue(Id, role);

        Assert.Equal(TokenVerdict.Good, tokens.Read(token, out var grant));
        Assert.Equal((role, expires), (grant.Role, grant.Expires));
        Assert.True(grant.IsFor(Id));
        Assert.False(grant.IsFor(Id[..31] + "e"));
        Assert.Equal(TimeSpan.FromHours(1), expires - _time.GetUtcNow());
    }

    [Fact]
    public void Read_AtItsEnd_IsExpired()
    {
        var tokens = Make();
        var (token, _) = tokens.Issue(Id, SessionRole.Both);

        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(TokenVerdict.Good, tokens.Read(token, out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TokenVerdict.Expired, tokens.Read(token, out _));
    }

    [Fact]
    public void Read_AnyBitChanged_IsWrong()
    {
        var tokens = Make();
        var (token, _) = tokens.Issue(Id, SessionRole.Viewer);

        // The last character has bits that carry nothing.
        for (var i = 0; i < token.Length - 1; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.Equal(TokenVerdict.Wrong, tokens.Read(changed, out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("////////////////////////////////////////////////////////////////////////////////")]
    [InlineData("!@#$%^&*()!@#$%^&*()!@#$%^&*()!@#$%^&*()!@#$%^&*()!@#$%^&*()!@#$%^&*()!@#$%^&*")]
    public void Read_Nonsense_IsWrong(string token) => Assert.Equal(TokenVerdict.Wrong, Make().Read(token, out _));

    [Fact]
    public void Read_TokenOfAnotherMachine_NeedsTheSameSecret()
    {
        var (token, _) = Make(Secret).Issue(Id, SessionRole.Both);

        Assert.Equal(TokenVerdict.Good, Make(Secret).Read(token, out _));
        Assert.Equal(TokenVerdict.Wrong, Make().Read(token, out _));
    }

    [Fact]
    public void Read_ManyTokens_AllocatesNothing()
    {
        var tokens = Make();
        var (good, _) = tokens.Issue(Id, SessionRole.Both);
        var wrong = string.Concat(good.Reverse());
        tokens.Read(good, out _);
        tokens.Read(wrong, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            tokens.Read(good, out _);
            tokens.Read(wrong, out _);
        }

        // Less than one byte a token: what the runtime itself may do once.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    private SessionTokens Make(string secret = "") => new(new FadaServerOptions { Auth = { TokenSecret = secret } }, _time);
}
