using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Model.Pipeline;

namespace FADA.Realtime.Streaming.Animation;

/// <summary>
/// Lays what moved in the face crop over the portrait: the difference from the crop's own reference picture is added at
/// full resolution, so that skin, hair and eyes keep the portrait's detail and where nothing moved nothing changes.
/// </summary>
public sealed class FaceCompositor
{
    private readonly byte[] _portrait;
    private readonly Plane _luma;
    private readonly Plane _chroma;

    /// <param name="portrait">The whole picture; even width and height.</param>
    /// <param name="toCrop">Picture pixels to crop pixels (<see cref="FaceCrop"/>).</param>
    /// <param name="box">The part of the crop in which anything moves; differences fade to nothing towards its border.</param>
    public FaceCompositor(RgbImage portrait, CropTransform toCrop, CropBox box)
    {
        (Width, Height, Box) = (portrait.Width, portrait.Height, box);
        toCrop = toCrop.Then(new CropTransform(1, 0, -box.X, -box.Y));
        _portrait = I420.FromRgb(portrait);
        _luma = new Plane(Width, Height, toCrop, box);
        // A chroma sample covers two by two pixels.
        _chroma = new Plane(Width / 2, Height / 2, new CropTransform(2, 0, 0, 0).Then(toCrop), box);
    }

    public int Width { get; }
    public int Height { get; }
    public CropBox Box { get; }

    /// <summary>Writes the portrait with the moving parts added.</summary>
    /// <param name="difference">Planes dY, dU, dV of <see cref="Box"/>, in 8-bit steps.</param>
    public void Compose(ReadOnlySpan<float> difference, VideoFrame target)
    {
        var area = Box.Area;
        _portrait.CopyTo(target.Data, 0);
        var pixels = Width * Height;
        _luma.Add(difference[..area], target.Data.AsSpan(0, pixels));
        _chroma.Add(difference.Slice(area, area), target.Data.AsSpan(pixels, pixels / 4));
        _chroma.Add(difference.Slice(2 * area, area), target.Data.AsSpan(pixels + pixels / 4, pixels / 4));
    }

    // Where each pixel of a plane lies in the crop: fixed, because the portrait holds still.
    private sealed class Plane
    {
        private readonly int[] _pixel;
        private readonly int[] _corner;
        private readonly Vector4[] _weights;
        private readonly int _stride;

        public Plane(int width, int height, CropTransform toBox, CropBox box)
        {
            _stride = box.Width;
            var (pixel, corner, weights) = (new List<int>(), new List<int>(), new List<Vector4>());
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var p = toBox.Apply(new Vector2(x + 0.5f, y + 0.5f)) - new Vector2(0.5f);
                    var (i, j) = ((int)MathF.Floor(p.X), (int)MathF.Floor(p.Y));
                    if (i < 0 || j < 0 || i > box.Width - 2 || j > box.Height - 2)
                        continue;
                    var (a, b) = (p.X - i, p.Y - j);
                    pixel.Add(y * width + x);
                    corner.Add(j * box.Width + i);
                    weights.Add(new Vector4((1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b));
                }
            }
            (_pixel, _corner, _weights) = ([.. pixel], [.. corner], [.. weights]);
        }

        public void Add(ReadOnlySpan<float> difference, Span<byte> plane)
        {
            for (var n = 0; n < _pixel.Length; n++)
            {
                var c = _corner[n];
                var d = new Vector4(difference[c], difference[c + 1], difference[c + _stride], difference[c + _stride + 1]);
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
