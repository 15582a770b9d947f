using System.Text.Json;
using System.Text.RegularExpressions;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Streaming.Animation;

/// <summary>Avatars on disk: one folder each with portrait.png and avatar.json; written beside and moved into place.</summary>
internal sealed partial class AvatarFolder(string root)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static bool IsName(string name) => NamePattern().IsMatch(name);

    /// <summary>Readable avatars by name; a damaged one is left out rather than hiding the others.</summary>
    public IReadOnlyList<AvatarRecord> List()
    {
        if (!Directory.Exists(root))
            return [];
        return Directory.GetDirectories(root).Order(StringComparer.Ordinal)
            .Where(d => IsName(Path.GetFileName(d))).Select(d => Read(Path.GetFileName(d))).OfType<AvatarRecord>().ToList();
    }

    public AvatarRecord? Read(string name)
    {
        if (!IsName(name))
            return null;
        try
        {
            var record = JsonSerializer.Deserialize<AvatarRecord>(File.ReadAllText(Path.Combine(root, name, "avatar.json")), Json);
            return record is { ToCrop.Length: 6, Source: not null, Consent: not null } && record.Name == name
                && CropTransform.FromMatrix(record.ToCrop).Scale is > 0 and < float.PositiveInfinity && File.Exists(PortraitPath(name)) ? record : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether the name is taken, be it by a damaged avatar.</summary>
    public bool Exists(string name) => IsName(name) && Directory.Exists(Path.Combine(root, name));

    public string PortraitPath(string name) => Path.Combine(root, name, "portrait.png");

    /// <exception cref="IOException">There is an avatar of that name, or the folder cannot be written.</exception>
    public void Write(AvatarRecord record, RgbImage portrait)
    {
        var temporary = Path.Combine(root, $".{record.Name}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(temporary);
        try
        {
            PortraitImage.SavePng(portrait, Path.Combine(temporary, "portrait.png"));
            File.WriteAllText(Path.Combine(temporary, "avatar.json"), JsonSerializer.Serialize(record, Json));
            Directory.Move(temporary, Path.Combine(root, record.Name));
        }
        catch
        {
            Directory.Delete(temporary, recursive: true);
            throw;
        }
    }

    public void Delete(string name) => Directory.Delete(Path.Combine(root, name), recursive: true);

    public (RgbImage Portrait, CropTransform ToCrop) Load(AvatarRecord record) =>
        (PortraitImage.Load(PortraitPath(record.Name)), CropTransform.FromMatrix(record.ToCrop));

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z")]
    private static partial Regex NamePattern();
}
