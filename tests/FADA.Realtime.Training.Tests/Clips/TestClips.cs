using System.Runtime.InteropServices;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Training.Tests.Clips;

/// <summary>A folder of prepared clips: coloured noise whose lower half brightens as the mouth opens and the sound swells.</summary>
internal sealed class TestClips : IDisposable
{
    public const int Frames = 30;
    private readonly string _root;

    public TestClips()
    {
        _root = Directory.CreateTempSubdirectory("fada-clips-").FullName;
        Folder = Path.Combine(_root, "clips");
        Write("one/a", "train", 1);
        Write("one/b", "train", 2);
        Write("one/c", "test", 3);
        Write("two/d", "unseen", 4);
    }

    public string Folder { get; }

    /// <summary>A path beside the clips, gone with them.</summary>
    public string PathOf(string name) => Path.Combine(_root, name);

    public void Dispose() => Directory.Delete(_root, true);

    private void Write(string name, string split, int seed)
    {
        const int Side = FaceCrop.Size;
        var dice = new Random(seed);
        var frames = new byte[Frames * Side * Side * 3];
        var landmarks = new float[Frames * FacePoints.Count * 2];
        var audio = new short[Frames * 640];
        var still = new byte[Side * Side * 3];
        dice.NextBytes(still);
        for (var f = 0; f < Frames; f++)
        {
            var open = 0.5 + 0.5 * Math.Sin(f * 0.9 + seed);
            for (var i = 0; i < still.Length; i++)
                frames[f * still.Length + i] = (byte)(still[i] / 2 + (i > still.Length / 2 ? 100 * open : 0));
            for (var i = 0; i < FacePoints.Count; i++)
                (landmarks[(f * FacePoints.Count + i) * 2], landmarks[(f * FacePoints.Count + i) * 2 + 1]) = (60 + i % 140, 60 + i * 7 % 140);
            landmarks[(f * FacePoints.Count + FacePoints.InnerLipLower) * 2 + 1] += (float)(20 * open);
            for (var i = 0; i < 640; i++)
                audio[f * 640 + i] = (short)(9000 * open * Math.Sin(i * 0.3));
        }
        var path = Path.Combine(Folder, name + ".safetensors");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        SafetensorsWriter.WriteRaw(path,
        [
            ("frames", "U8", [Frames, Side, Side, 3], frames),
            ("landmarks", "F32", [Frames, FacePoints.Count, 2], MemoryMarshal.AsBytes(landmarks.AsSpan()).ToArray()),
            ("audio", "I16", [audio.Length], MemoryMarshal.AsBytes(audio.AsSpan()).ToArray()),
        ], new Dictionary<string, string> { ["clip"] = name + ".mp4", ["speaker"] = name[..3], ["split"] = split });
    }
}
