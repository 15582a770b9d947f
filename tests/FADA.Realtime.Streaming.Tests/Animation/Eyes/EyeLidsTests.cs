using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Streaming.Animation.Eyes;

namespace FADA.Realtime.Streaming.Tests.Animation.Eyes;

/// <summary>Drawn eyes: bright skin with a dark opening where the landmarks are.</summary>
public sealed class EyeLidsTests
{
    private const int Side = 256;
    private const byte Skin = 200, Eye = 30;
    private const float HalfWidth = 24, HalfHeight = 9;
    private static readonly Vector2[] Centres = [new(80, 100), new(176, 100)];

    [Fact]
    public void Close_AllTheWay_CoversTheEyes()
    {
        var closed = Closed(1);

        Assert.All(Centres, centre => Assert.All(Column(closed, centre, -5, 5), luma => Assert.InRange(luma, Skin - 8, Skin)));
    }

    [Fact]
    public void Close_HalfTheWay_CoversTheUpperHalfAndLeavesTheLowerAsItIs()
    {
        var half = Closed(0.5f);

        Assert.All(Centres, centre =>
        {
            Assert.All(Column(half, centre, -7, -3), luma => Assert.InRange(luma, Skin - 8, Skin));
            Assert.All(Column(half, centre, 4, 7), luma => Assert.Equal(Eye, luma));
        });
    }

    [Fact]
    public void Close_AtAll_ChangesNothingButTheEyes()
    {
        var (open, closed) = (Picture(), Closed(1));

        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                if (Centres.All(c => Math.Abs(x - c.X) > HalfWidth + 2 || Math.Abs(y - c.Y) > 40))
                    Assert.Equal(open.Data[(y * Side) + x], closed.Data[(y * Side) + x]);
            }
        }
    }

    [Fact]
    public void Close_NotAtAll_IsACopy() => Assert.Equal(Picture().Data, Closed(0).Data);

    [Fact]
    public void Of_ShutEyes_IsNothing() => Assert.Null(EyeLids.Of(Landmarks(opening: 0.5f), Side, Side));

    private static VideoFrame Closed(float closure)
    {
        var target = new VideoFrame(Side, Side);
        EyeLids.Of(Landmarks(HalfHeight), Side, Side)!.Close(Picture(), target, closure);
        return target;
    }

    private static IEnumerable<int> Column(VideoFrame frame, Vector2 centre, int from, int to) =>
        Enumerable.Range(from, to - from).Select(dy => (int)frame.Data[(((int)centre.Y + dy) * Side) + (int)centre.X]);

    // The lids are parabolas through the corners, as the curves can follow them.
    private static float Lid(float x, float opening) => opening * (1 - (x * x / (HalfWidth * HalfWidth)));

    private static VideoFrame Picture()
    {
        var frame = new VideoFrame(Side, Side);
        frame.Data.AsSpan().Fill(128);
        frame.Data.AsSpan(0, Side * Side).Fill(Skin);
        foreach (var centre in Centres)
        {
            for (var y = 0; y < Side; y++)
            {
                for (var x = 0; x < Side; x++)
                {
                    var (dx, dy) = (x + 0.5f - centre.X, y + 0.5f - centre.Y);
                    if (Math.Abs(dy) < Lid(dx, HalfHeight))
                        frame.Data[(y * Side) + x] = Eye;
                }
            }
        }

        return frame;
    }

    private static Vector2[] Landmarks(float opening)
    {
        var points = new Vector2[FacePoints.Count];
        Set(points, FacePoints.LeftEyeUpperLid, Centres[0], -opening);
        Set(points, FacePoints.LeftEyeLowerLid, Centres[0], opening);
        Set(points, FacePoints.RightEyeUpperLid, Centres[1], -opening);
        Set(points, FacePoints.RightEyeLowerLid, Centres[1], opening);
        Brow(points, FacePoints.LeftBrow, Centres[0]);
        Brow(points, FacePoints.RightBrow, Centres[1]);
        return points;
    }

    private static void Set(Vector2[] points, ReadOnlySpan<int> indices, Vector2 centre, float opening)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            var x = HalfWidth * ((2f * i / (indices.Length - 1)) - 1);
            points[indices[i]] = centre + new Vector2(x, Lid(x, opening));
        }
    }

    private static void Brow(Vector2[] points, ReadOnlySpan<int> indices, Vector2 centre)
    {
        for (var i = 0; i < indices.Length; i++)
            points[indices[i]] = centre + new Vector2(HalfWidth * ((i / 2f) - 1) * 0.8f, -32);
    }
}
