using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Streaming.Tests.Animation;

public sealed class AvatarFolderTests : IDisposable
{
    private readonly AvatarStore _store = new();
    private AvatarFolder Folder => new(_store.Added);

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("a", true)]
    [InlineData("ada-2", true)]
    [InlineData("", false)]
    [InlineData("Ada", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a\n", false)]
    [InlineData("ä", false)]
    public void IsName_FollowsTheRule(string name, bool good) => Assert.Equal(good, AvatarFolder.IsName(name));

    [Fact]
    public void IsName_Of64Letters_IsTheLongest()
    {
        Assert.True(AvatarFolder.IsName(new string('x', 64)));
        Assert.False(AvatarFolder.IsName(new string('x', 65)));
    }

    [Fact]
    public void Write_ThenRead_GivesThePictureAndThePlaceOfTheFace()
    {
        AvatarStore.Put(_store.Added, "ada");

        var record = Folder.Read("ada");
        Assert.NotNull(record);
        var (picture, toCrop) = Folder.Load(record);
        Assert.Equal(AvatarStore.Picture().Data, picture.Data);
        Assert.Equal(CropTransform.FromMatrix(AvatarStore.Record("ada").ToCrop), toCrop);
        Assert.Equal(["ada"], Directory.GetDirectories(_store.Added).Select(Path.GetFileName));
    }

    [Fact]
    public void Write_NameThatExists_FailsAndLeavesTheFirst()
    {
        AvatarStore.Put(_store.Added, "ada");

        Assert.Throws<IOException>(() => Folder.Write(AvatarStore.Record("ada") with { Source = "second" }, AvatarStore.Picture()));

        Assert.Equal("test", Folder.Read("ada")!.Source);
        Assert.Single(Directory.GetDirectories(_store.Added));
    }

    [Fact]
    public void List_NoFolder_IsEmpty() => Assert.Empty(Folder.List());

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"name":"bad","source":"s","consent":"c","to_crop":[1,0,0]}""")]
    [InlineData("""{"name":"bad","source":"s","consent":"c","to_crop":[0,0,0,0,0,0]}""")]
    [InlineData("""{"name":"other","source":"s","consent":"c","to_crop":[1,0,0,0,1,0]}""")]
    [InlineData("""{"name":"../good","source":"s","consent":"c","to_crop":[1,0,0,0,1,0]}""")]
    [InlineData("""{"name":"bad","source":null,"consent":"c","to_crop":[1,0,0,0,1,0]}""")]
    [InlineData("""{"name":"bad","source":"s","consent":"c","to_crop":null}""")]
    public void List_DamagedRecord_IsLeftOutAndHidesNoOther(string json)
    {
        AvatarStore.Put(_store.Added, "bad", "good");
        File.WriteAllText(Path.Combine(_store.Added, "bad", "avatar.json"), json);

        Assert.Equal(["good"], Folder.List().Select(r => r.Name));
        Assert.Null(Folder.Read("bad"));
    }

    [Fact]
    public void List_PictureMissing_IsLeftOut()
    {
        AvatarStore.Put(_store.Added, "bad", "good");
        File.Delete(Folder.PortraitPath("bad"));

        Assert.Equal(["good"], Folder.List().Select(r => r.Name));
    }
}
