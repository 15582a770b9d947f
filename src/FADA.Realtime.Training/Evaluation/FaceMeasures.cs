using System.Numerics;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;

namespace FADA.Realtime.Training.Evaluation;

/// <summary>How alike two runs of landmarks are; both measured on stabilised crops by the same net.</summary>
public static class FaceMeasures
{
    /// <summary>Correlation and amplitude ratio of the inner-lip opening.</summary>
    public static (double Correlation, double Amplitude) Mouth(IReadOnlyList<FaceLandmarks> made, IReadOnlyList<FaceLandmarks> real)
    {
        var a = made.Select(f => f.MouthOpening).ToArray();
        var b = real.Select(f => f.MouthOpening).ToArray();
        return (Statistics.Correlation(a, b), Statistics.Deviation(a) / Math.Max(1e-6, Statistics.Deviation(b)));
    }

    /// <summary>Mean distance of the lip landmarks with their centroids laid together, % of the real eye distance.</summary>
    public static double LipDistance(IReadOnlyList<FaceLandmarks> made, IReadOnlyList<FaceLandmarks> real) =>
        made.Zip(real, (m, r) =>
        {
            int[] lips = [.. FacePoints.OuterLips, .. FacePoints.InnerLips];
            Vector2 Centre(FaceLandmarks f) => lips.Aggregate(Vector2.Zero, (sum, i) => sum + f.Points[i]) / lips.Length;
            var (cm, cr) = (Centre(m), Centre(r));
            return lips.Average(i => Vector2.Distance(m.Points[i] - cm, r.Points[i] - cr)) / r.EyeDistance * 100;
        }).Average();

    /// <summary>Mean distance of all landmarks in pixels of a 128 x 128 crop.</summary>
    public static double LandmarkDistance(IReadOnlyList<FaceLandmarks> made, IReadOnlyList<FaceLandmarks> real) =>
        made.Zip(real, (m, r) => m.Points.Zip(r.Points, Vector2.Distance).Average()).Average() * 128 / FaceCrop.Size;

    /// <summary>Mean distance of all landmarks, % of the real eye distance.</summary>
    public static double RelativeLandmarkDistance(IReadOnlyList<FaceLandmarks> made, IReadOnlyList<FaceLandmarks> real) =>
        made.Zip(real, (m, r) => m.Points.Zip(r.Points, Vector2.Distance).Average() / r.EyeDistance * 100).Average();

    /// <summary>Mean length of the landmarks' second difference over time, in pixels of a 128 x 128 crop: flicker and tremble.</summary>
    public static double Jitter(IReadOnlyList<FaceLandmarks> made) => made.Count < 3 ? 0 :
        Enumerable.Range(1, made.Count - 2).Average(t => made[t].Points.Select((p, i) =>
            (made[t - 1].Points[i] - 2 * p + made[t + 1].Points[i]).Length()).Average()) * 128 / FaceCrop.Size;
}
