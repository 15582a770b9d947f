using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Streaming.Tests.Animation;

/// <summary>Folders of built-in and added avatars on disk, and a catalog over them.</summary>
internal sealed class AvatarStore : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("fada-avatars-").FullName;
    private readonly Lazy<AvatarCatalog> _catalog;

    public AvatarStore()
    {
        _catalog = new Lazy<AvatarCatalog>(() => new AvatarCatalog(
            new AvatarCatalogOptions { Model = ModelPath, BuiltIn = BuiltIn, Folder = Added, FaceModels = Path.Combine(_root, "no-networks") }, TimeProvider.System));
    }

    public string ModelPath => Path.Combine(_root, "model.safetensors");
    public string BuiltIn => Path.Combine(_root, "built-in");
    public string Added => Path.Combine(_root, "added");
    public AvatarCatalog Catalog => _catalog.Value;

    public static AvatarRecord Record(string name) => new()
    {
        Name = name,
        Source = "test",
        Consent = "synthetic",
        ToCrop = CropTransform.Square(new(256, 280), 300, 0, FaceCrop.Size).ToMatrix(),
    };

    public static RgbImage Picture()
    {
        var image = new RgbImage(512, 512);
        for (var i = 0; i < image.Data.Length; i++)
            image.Data[i] = (byte)(60 + i / 3 % 512 / 4);
        return image;
    }

    public static void Put(string folder, params string[] names)
    {
        foreach (var name in names)
            new AvatarFolder(folder).Write(Record(name), Picture());
    }

    public static byte[] Png()
    {
        var path = Path.Combine(Path.GetTempPath(), $"fada-{Guid.NewGuid():N}.png");
        try
        {
            PortraitImage.SavePng(Picture(), path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void Dispose()
    {
        if (_catalog.IsValueCreated)
            _catalog.Value.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
