using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Streaming.Tests.Animation;

public sealed class AvatarCatalogTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly AvatarStore _store = new();

    public AvatarCatalogTests()
    {
        AvatarStore.Put(_store.BuiltIn, "ada", "default");
        AvatarStore.Put(_store.Added, "aaron");
    }

    private AvatarCatalog Catalog => _store.Catalog;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void List_BuiltInAndAdded_BeginsWithTheDefault()
    {
        Assert.Equal(["default", "ada", "aaron"], Catalog.List().Select(a => a.Name));
        Assert.Equal(new AvatarInfo("ada", "test", "synthetic", 512, 512), Catalog.Get("ada"));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("../added/aaron")]
    public async Task Get_UnknownName_IsNotFound(string name)
    {
        Assert.Equal(AvatarFault.AvatarNotFound, Assert.Throws<AvatarException>(() => Catalog.Get(name)).Fault);
        Assert.Equal(AvatarFault.AvatarNotFound, Assert.Throws<AvatarException>(() => Catalog.Delete(name)).Fault);
        var e = await Assert.ThrowsAsync<AvatarException>(() => Catalog.PortraitAsync(name, CancellationToken.None).WaitAsync(Patience));
        Assert.Equal(AvatarFault.AvatarNotFound, e.Fault);
    }

    [Fact]
    public async Task PortraitAsync_OfAnAddedAvatar_IsItsFile()
    {
        var bytes = await Catalog.PortraitAsync("aaron", CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(AvatarStore.Png(), bytes);
    }

    [Theory]
    [InlineData("Bad Name", "me", AvatarFault.NameInvalid)]
    [InlineData("new", " ", AvatarFault.ConsentMissing)]
    [InlineData("default", "me", AvatarFault.NameTaken)]
    [InlineData("aaron", "me", AvatarFault.NameTaken)]
    public async Task CreateAsync_NameOrConsentThatWillNotDo_IsRefused(string name, string consent, AvatarFault fault)
    {
        Assert.Equal(fault, (await Refused(AvatarStore.Png(), name, consent)).Fault);
    }

    [Fact]
    public async Task CreateAsync_BytesThatAreNoPicture_IsRefusedAndLeavesNothing()
    {
        Assert.Equal(AvatarFault.ImageUnreadable, (await Refused("not a picture"u8.ToArray(), "new", "me")).Fault);
        Assert.False(Directory.Exists(Path.Combine(_store.Added, "new")));
    }

    [Fact]
    public async Task CreateAsync_FaceNetworksMissing_IsTheServersFault()
    {
        var e = await Refused(AvatarStore.Png(), "new", "me");

        Assert.Equal(AvatarFault.ModelUnavailable, e.Fault);
        Assert.Contains("no-networks", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_AddedAvatar_KeepsItsNameUntilItIsDeleted()
    {
        File.WriteAllText(Path.Combine(_store.Added, "aaron", "avatar.json"), "{");

        Assert.Equal(["default", "ada"], Catalog.List().Select(a => a.Name));
        Assert.Equal(AvatarFault.NameTaken, (await Refused(AvatarStore.Png(), "aaron", "me")).Fault);
        Catalog.Delete("aaron");
        Assert.False(Directory.Exists(Path.Combine(_store.Added, "aaron")));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("ada")]
    public void Delete_BuiltIn_IsRefused(string name)
    {
        Assert.Equal(AvatarFault.AvatarInUse, Assert.Throws<AvatarException>(() => Catalog.Delete(name)).Fault);
        Assert.Equal(name, Catalog.Get(name).Name);
    }

    [Fact]
    public void Delete_Added_IsGone()
    {
        Catalog.Delete("aaron");

        Assert.Equal(["default", "ada"], Catalog.List().Select(a => a.Name));
        Assert.Equal(AvatarFault.AvatarNotFound, Assert.Throws<AvatarException>(() => Catalog.Delete("aaron")).Fault);
    }

    [Fact]
    public void CreateAnimator_ModelFileMissing_IsTheServersFaultAndNamesTheFile()
    {
        var e = Assert.Throws<AvatarException>(() => Catalog.CreateAnimator("ada", new AnimatorOptions()));

        Assert.Equal(AvatarFault.ModelUnavailable, e.Fault);
        Assert.Contains("model.safetensors", e.Message, StringComparison.Ordinal);
        Catalog.Delete("aaron");
    }

    private Task<AvatarException> Refused(byte[] portrait, string name, string consent) =>
        Assert.ThrowsAsync<AvatarException>(() => Catalog.CreateAsync(portrait, name, consent, CancellationToken.None).WaitAsync(Patience));
}
