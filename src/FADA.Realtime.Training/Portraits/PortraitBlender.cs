using System.Text.Json;
using System.Text.RegularExpressions;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Training.Data;

namespace FADA.Realtime.Training.Portraits;

/// <summary>Makes an avatar that shows nobody real out of clips of several speakers.</summary>
public sealed partial class PortraitBlender
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly PortraitBlendOptions _options;
    private readonly TimeProvider _time;

    /// <exception cref="DataException">Too few or doubled speakers, or a name that an avatar cannot have.</exception>
    public PortraitBlender(PortraitBlendOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        if (!NamePattern().IsMatch(options.Name))
            throw new DataException($"'{options.Name}' is not an avatar name: 1 to 64 of a-z, 0-9 and '-' are");
        if (options.Speakers.Count < PortraitBlendOptions.FewestSpeakers || options.Speakers.Distinct().Count() != options.Speakers.Count)
            throw new DataException($"{options.Speakers.Count} speakers ({string.Join(", ", options.Speakers)}): at least {PortraitBlendOptions.FewestSpeakers} different ones are needed, so that nobody is recognised");
    }

    /// <summary>Writes portrait.png and avatar.json.</summary>
    /// <param name="progress">Told after each speaker.</param>
    /// <exception cref="DataException">A speaker's clips are missing or show no face.</exception>
    public async Task<PortraitBlendReport> Run(IProgress<PreparationProgress>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var speaker in _options.Speakers)
            if (!Directory.Exists(Path.Combine(_options.Input, speaker)))
                throw new DataException($"there is no folder of clips {Path.Combine(_options.Input, speaker)}");
        using var finder = new FaceFinder(_options.FaceModels);
        var search = new NeutralFrameFinder(finder);
        var frames = new List<SpeakerFrame>();
        foreach (var speaker in _options.Speakers)
        {
            frames.Add(await search.Find(Path.Combine(_options.Input, speaker), _options.ClipsPerSpeaker, cancellation));
            progress?.Report(new PreparationProgress(frames.Count, _options.Speakers.Count, frames[^1].Clip, null));
        }
        var portrait = FaceBlend.Blend(frames, _options.Seed);
        var face = finder.FindPortrait(portrait);
        var folder = Path.Combine(_options.Output, _options.Name);
        var picture = Path.Combine(folder, "portrait.png");
        PortraitImage.SavePng(portrait, picture);
        var record = new
        {
            _options.Name,
            Source = $"blend of {frames.Count} {_options.Corpus} speakers ({_options.Licence})",
            Consent = "synthetic",
            ToCrop = FaceCrop.FromLandmarks(face.Points).ToMatrix(),
            Created = _time.GetUtcNow(),
        };
        await File.WriteAllTextAsync(Path.Combine(folder, "avatar.json"), JsonSerializer.Serialize(record, Json) + "\n", cancellation);
        return new PortraitBlendReport(picture, [.. frames.Select(f => $"{f.Speaker}/{f.Clip}#{f.Frame}")], face.EyeDistance, face.MouthOpening);
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z")]
    private static partial Regex NamePattern();
}
