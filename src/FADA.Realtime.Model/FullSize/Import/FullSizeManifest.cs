using System.Text.Json;
using FADA.Realtime.Model.FullSize.EchoMimic;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Speech;
using FADA.Realtime.Model.FullSize.Vae;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>The config.json of an imported model: which networks its folder holds, and their geometry.</summary>
public sealed record FullSizeManifest
{
    public const string FileName = "config.json";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Grows when folders of this version can no longer be read by older programs.</summary>
    public int Format { get; init; } = 1;
    public required string Family { get; init; }
    public HalloConfig? Hallo { get; init; }
    public EchoMimicConfig? EchoMimic { get; init; }
    public required AutoencoderConfig Vae { get; init; }

    /// <summary>Null where the speech encoder is not part of the import (EchoMimic hears through whisper-tiny).</summary>
    public Wav2Vec2Config? Speech { get; init; }

    /// <exception cref="WeightsException">The folder has no readable config.json of this format.</exception>
    public static FullSizeManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return JsonSerializer.Deserialize<FullSizeManifest>(File.ReadAllText(path), Json) is { Format: 1 } manifest
                ? manifest
                : throw new WeightsException($"{path} is of another format than this program reads.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new WeightsException($"{path} cannot be read: {e.Message}", e);
        }
    }

    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json));
}
