using System.Runtime.InteropServices;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Training.Clips;

/// <summary>One prepared clip: stabilised 256x256 crops at 25 fps, landmarks in crop pixels, 16 kHz speech.</summary>
public sealed class Clip : IDisposable
{
    public const int Side = FaceCrop.Size;
    public const int LandmarkCount = FacePoints.Count;
    private const int FrameBytes = Side * Side * 3;
    private readonly SafetensorsFile _file;

    private Clip(SafetensorsFile file)
    {
        _file = file;
        Frames = (int)file.Entry("frames").Shape[0];
        Name = file.Metadata.GetValueOrDefault("clip", file.Path);
        Speaker = file.Metadata.GetValueOrDefault("speaker", "");
        Split = file.Metadata.GetValueOrDefault("split", "train");
        Audio = MemoryMarshal.Cast<byte, short>(file.Bytes("audio")).ToArray();
        Landmarks = MemoryMarshal.Cast<byte, float>(file.Bytes("landmarks")).ToArray();
    }

    public string Name { get; }
    public string Speaker { get; }

    /// <summary>"train", "test" (unseen sentences of a training speaker) or "unseen" (unseen speakers).</summary>
    public string Split { get; }
    public int Frames { get; }

    /// <summary>16 kHz mono, 640 samples a frame.</summary>
    public short[] Audio { get; }

    /// <summary>(Frames, 468, 2) in crop pixels.</summary>
    public float[] Landmarks { get; }

    /// <exception cref="WeightsException">The file is not a prepared clip.</exception>
    public static Clip Open(string path)
    {
        var file = SafetensorsFile.Open(path);
        try
        {
            return new Clip(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>RGB bytes of one frame, row by row.</summary>
    public ReadOnlySpan<byte> Frame(int index) => _file.Bytes("frames", (long)index * FrameBytes, FrameBytes);

    public void Dispose() => _file.Dispose();
}
