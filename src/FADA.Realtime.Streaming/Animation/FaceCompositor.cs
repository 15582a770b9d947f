using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Streaming.Animation;

/// <summary>
/// Lays what moved in the face crop over the portrait: the difference from the crop's own reference picture is added at
/// full resolution, so that skin, hair and eyes keep the portrait's detail and where nothing moved nothing changes.
/// </summary>
public sealed class FaceCompositor
{
    // The difference fades to nothing over this many crop pixels at the border: no seam, whatever the model paints there.
    private const float Feather = 24;
    private readonly byte[] _portrait;
    private readonly Plane _luma;
    private readonly Plane _chroma;

    /// <param name="portrait">The whole picture; even width and height.</param>
    /// <param name="toCrop">Picture pixels to crop pixels (<see cref="FaceCrop"/>).</param>
    public FaceCompositor(RgbImage portrait, CropTransform toCrop)
    {
        (Width, Height) = (portrait.Width, portrait.Height);
        _portrait = I420.FromRgb(portrait);
        _luma = new Plane(Width, Height, toCrop);
        // A chroma sample covers two by two pixels.
        _chroma = new Plane(Width / 2, Height / 2, new CropTransform(2, 0, 0, 0).Then(toCrop));
    }

    public int Width { get; }
    public int Height { get; }

    /// <summary>Writes the portrait with the moving parts added.</summary>
    /// <param name="difference">Planes dY, dU, dV of the 256 x 256 crop, in 8-bit steps.</param>
    public void Compose(ReadOnlySpan<float> difference, VideoFrame target)
    {
        const int Area = FaceCrop.Size * FaceCrop.Size;
        _portrait.CopyTo(target.Data, 0);
        var pixels = Width * Height;
        _luma.Add(difference[..Area], target.Data.AsSpan(0, pixels));
        _chroma.Add(difference.Slice(Area, Area), target.Data.AsSpan(pixels, pixels / 4));
        _chroma.Add(difference.Slice(2 * Area, Area), target.Data.AsSpan(pixels + pixels / 4, pixels / 4));
    }

    // Where each pixel of a plane lies in the crop: fixed, because the portrait holds still.
    private sealed class Plane
    {
        private readonly int[] _pixel;
        private readonly int[] _corner;
        private readonly Vector4[] _weights;

        public Plane(int width, int height, CropTransform toCrop)
        {
            var (pixel, corner, weights) = (new List<int>(), new List<int>(), new List<Vector4>());
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var p = toCrop.Apply(new Vector2(x + 0.5f, y + 0.5f));
                    var inside = MathF.Min(MathF.Min(p.X, p.Y), FaceCrop.Size - MathF.Max(p.X, p.Y));
                    if (inside <= 1)
                        continue;
                    var fade = Math.Clamp(inside / Feather, 0, 1);
                    fade = fade * fade * (3 - 2 * fade);
                    var (u, v) = (p.X - 0.5f, p.Y - 0.5f);
                    var (i, j) = (Math.Clamp((int)u, 0, FaceCrop.Size - 2), Math.Clamp((int)v, 0, FaceCrop.Size - 2));
                    var (a, b) = (Math.Clamp(u - i, 0, 1), Math.Clamp(v - j, 0, 1));
                    pixel.Add(y * width + x);
                    corner.Add(j * FaceCrop.Size + i);
                    weights.Add(fade * new Vector4((1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b));
                }
            }
            (_pixel, _corner, _weights) = ([.. pixel], [.. corner], [.. weights]);
        }

        public void Add(ReadOnlySpan<float> difference, Span<byte> plane)
        {
            for (var n = 0; n < _pixel.Length; n++)
            {
                var c = _corner[n];
                var d = new Vector4(difference[c], difference[c + 1], difference[c + FaceCrop.Size], difference[c + FaceCrop.Size + 1]);
                var change = Vector4.Dot(d, _weights[n]);
                // Below half a step nothing changes, and most of the face is that.
                if (MathF.Abs(change) < 0.5f)
                    continue;
                ref var value = ref plane[_pixel[n]];
                value = (byte)Math.Clamp(value + change + 0.5f, 0, 255);
            }
        }
    }
}
