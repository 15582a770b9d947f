using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Training.Data;

/// <summary>
/// The cache file of one clip. Tensors: frames U8 (T, 256, 256, 3), landmarks F32 (T, 468, 2) in crop pixels,
/// transform F32 (T, 2, 3) source to crop pixels, audio I16 (640 T) in step with the frames, and audio_source I16
/// (640 T) as the clip had it, before its offset was corrected.
/// </summary>
internal static class ClipCache
{
    public const int SamplesPerFrame = ClipDecoder.SampleRate / ClipDecoder.FrameRate;

    // Raised whenever the same clip would give another file: older files are then made anew.
    private const string Version = "1";

    public static string PathOf(string folder, ClipInfo clip) => Path.Combine(folder, clip.Speaker, clip.Name + ".safetensors");

    public static void Write(string path, ClipInfo clip, string split, PreparedClip data)
    {
        long t = data.Frames.Count;
        var frames = new byte[t * data.Frames[0].Length];
        for (var i = 0; i < t; i++)
            data.Frames[i].CopyTo(frames, i * data.Frames[0].Length);
        var landmarks = data.Landmarks.SelectMany(p => p).ToArray();
        var transforms = data.Transforms.SelectMany(m => m.ToMatrix()).ToArray();
        var audio = Bytes<short>(data.Audio);
        SafetensorsWriter.WriteRaw(path,
        [
            ("frames", "U8", [t, FaceCrop.Size, FaceCrop.Size, 3], frames),
            ("landmarks", "F32", [t, FacePoints.Count, 2], Bytes<Vector2>(landmarks)),
            ("transform", "F32", [t, 2, 3], Bytes<float>(transforms)),
            ("audio", "I16", [data.Audio.Length], audio),
            ("audio_source", "I16", [data.Audio.Length], audio),
        ], Metadata(clip, split, 0, data.LostFrames));
    }

    /// <summary>What offset estimation and the manifest need, or null where there is no usable file of this clip.</summary>
    public static CachedClip? Read(string path, ClipInfo clip)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var file = SafetensorsFile.Open(path);
            if (file.Metadata.GetValueOrDefault("preparation") != Version || file.Metadata.GetValueOrDefault("clip") != clip.Path)
                return null;
            var points = MemoryMarshal.Cast<byte, Vector2>(file.Bytes("landmarks"));
            var opening = new float[points.Length / FacePoints.Count];
            for (var i = 0; i < opening.Length; i++)
            {
                var face = points.Slice(i * FacePoints.Count, FacePoints.Count);
                opening[i] = Vector2.Distance(face[FacePoints.InnerLipUpper], face[FacePoints.InnerLipLower])
                    / Vector2.Distance(face[FacePoints.LeftEyeOuter], face[FacePoints.RightEyeOuter]);
            }
            return new CachedClip(clip, opening, MemoryMarshal.Cast<byte, short>(file.Bytes("audio_source")).ToArray(),
                int.Parse(file.Metadata["offset_ms"], CultureInfo.InvariantCulture), file.Metadata["split"],
                int.Parse(file.Metadata["lost_frames"], CultureInfo.InvariantCulture));
        }
        catch (WeightsException)
        {
            return null; // a file cut short is made anew
        }
    }

    /// <summary>Writes the file again with the sound moved and the split set; the pictures stay.</summary>
    /// <param name="path">The cache file.</param>
    /// <param name="clip">Its clip.</param>
    /// <param name="split">"train", "test" or "unseen".</param>
    /// <param name="offsetMs">How long after the picture the sound comes in the source; it is moved earlier by that.</param>
    public static void Rewrite(string path, CachedClip clip, string split, int offsetMs)
    {
        using var file = SafetensorsFile.Open(path);
        var audio = Bytes<short>(Shift(clip.SourceAudio, offsetMs * ClipDecoder.SampleRate / 1000));
        SafetensorsWriter.WriteRaw(path,
            [.. file.Tensors.Values.OrderBy(e => e.Begin).Select(e => (e.Name, e.DType, e.Shape,
                e.Name == "audio" ? audio : new ReadOnlyMemory<byte>(file.Bytes(e.Name).ToArray())))],
            Metadata(clip.Info, split, offsetMs, clip.LostFrames));
    }

    /// <summary>Sound moved earlier by so many samples (later where negative), silence at the open end.</summary>
    internal static short[] Shift(short[] audio, int earlier)
    {
        var moved = new short[audio.Length];
        for (var i = Math.Max(0, -earlier); i < audio.Length && i + earlier < audio.Length; i++)
            moved[i] = audio[i + earlier];
        return moved;
    }

    private static Dictionary<string, string> Metadata(ClipInfo clip, string split, int offsetMs, int lost) => new()
    {
        ["preparation"] = Version,
        ["clip"] = clip.Path,
        ["speaker"] = clip.Speaker,
        ["licence"] = clip.Licence,
        ["licence_class"] = clip.LicenceClass,
        ["fps"] = ClipDecoder.FrameRate.ToString(CultureInfo.InvariantCulture),
        ["offset_ms"] = offsetMs.ToString(CultureInfo.InvariantCulture),
        ["transcript"] = clip.Transcript,
        ["split"] = split,
        ["lost_frames"] = lost.ToString(CultureInfo.InvariantCulture),
    };

    private static ReadOnlyMemory<byte> Bytes<T>(T[] values) where T : struct => MemoryMarshal.AsBytes<T>(values).ToArray();
}
