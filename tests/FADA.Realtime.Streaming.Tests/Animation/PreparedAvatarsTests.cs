using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Streaming.Tests.Animation;

public sealed class PreparedAvatarsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly PreparedAvatars<Prepared> _avatars = new(kept: 2);

    public void Dispose() => _avatars.Dispose();

    [Fact]
    public void Rent_Twice_MakesOnce()
    {
        var first = _avatars.Rent("a", () => new Prepared());
        var second = _avatars.Rent("a", () => throw new InvalidOperationException("made twice"));

        Assert.Same(first, second);
    }

    [Fact]
    public async Task Rent_ByManyAtOnce_MakesOnce()
    {
        var made = 0;
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _avatars.Rent("a", () =>
        {
            Interlocked.Increment(ref made);
            Thread.Sleep(50);
            return new Prepared();
        })))).WaitAsync(Patience);

        Assert.Equal(1, made);
        Assert.Single(all.Distinct());
    }

    [Fact]
    public void Return_ByAllUsers_KeepsItForTheNext()
    {
        var first = _avatars.Rent("a", () => new Prepared());
        _avatars.Return("a");

        Assert.Same(first, _avatars.Rent("a", () => new Prepared()));
        Assert.False(first.Disposed);
    }

    [Fact]
    public void Return_MoreThanAreKept_FreesTheLongestUnused()
    {
        var made = "abcd".ToDictionary(c => c, c => _avatars.Rent($"{c}", () => new Prepared()));

        // a stays in use; c is returned first, then b, then d.
        foreach (var name in "cbd")
            _avatars.Return($"{name}");

        Assert.Equal("c", string.Concat(made.Where(m => m.Value.Disposed).Select(m => m.Key)));
    }

    [Fact]
    public void Evict_InUse_IsRefused()
    {
        var avatar = _avatars.Rent("a", () => new Prepared());
        _avatars.Rent("a", () => new Prepared());
        _avatars.Return("a");

        Assert.False(_avatars.Evict("a"));
        Assert.False(avatar.Disposed);
        _avatars.Return("a");
        Assert.True(_avatars.Evict("a"));
        Assert.True(avatar.Disposed);
        Assert.True(_avatars.Evict("never seen"));
    }

    [Fact]
    public void Rent_FactoryFails_TheNextTriesAgain()
    {
        Assert.Throws<InvalidDataException>(() => _avatars.Rent("a", () => throw new InvalidDataException()));

        Assert.NotNull(_avatars.Rent("a", () => new Prepared()));
        _avatars.Return("a");
        Assert.True(_avatars.Evict("a"));
    }

    [Fact]
    public void Dispose_WhileInUse_FreesItWhenReturned()
    {
        var (used, unused) = (_avatars.Rent("used", () => new Prepared()), _avatars.Rent("unused", () => new Prepared()));
        _avatars.Return("unused");

        _avatars.Dispose();

        Assert.True(unused.Disposed);
        Assert.False(used.Disposed);
        _avatars.Return("used");
        Assert.True(used.Disposed);
        Assert.Throws<ObjectDisposedException>(() => _avatars.Rent("used", () => new Prepared()));
    }

    private sealed class Prepared : IDisposable
    {
        public bool Disposed { get; private set; }

        public void Dispose()
        {
            Assert.False(Disposed, "disposed twice");
            Disposed = true;
        }
    }
}
