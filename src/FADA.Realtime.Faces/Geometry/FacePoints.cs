namespace FADA.Realtime.Faces.Geometry;

/// <summary>Indices into the 468 points of the face mesh. Left and right are the viewer's, on an unmirrored picture.</summary>
public static class FacePoints
{
    public const int Count = 468;

    public const int LeftEyeOuter = 33, LeftEyeInner = 133, RightEyeInner = 362, RightEyeOuter = 263;

    /// <summary>Nose bridge from between the eyes down, then the tip.</summary>
    public const int NoseRoot = 168, NoseUpper = 6, NoseMiddle = 197, NoseLower = 195, NoseTip = 4;

    public const int InnerLipUpper = 13, InnerLipLower = 14, InnerLipLeft = 78, InnerLipRight = 308;
    public const int OuterLipUpper = 0, OuterLipLower = 17, OuterLipLeft = 61, OuterLipRight = 291;
    public const int Chin = 152, Forehead = 10;

    /// <summary>Lid margins from the left to the right corner of each eye; the upper and the lower one share their ends.</summary>
    public static ReadOnlySpan<int> LeftEyeUpperLid => [33, 246, 161, 160, 159, 158, 157, 173, 133];
    public static ReadOnlySpan<int> LeftEyeLowerLid => [33, 7, 163, 144, 145, 153, 154, 155, 133];
    public static ReadOnlySpan<int> RightEyeUpperLid => [362, 398, 384, 385, 386, 387, 388, 466, 263];
    public static ReadOnlySpan<int> RightEyeLowerLid => [362, 382, 381, 380, 374, 373, 390, 249, 263];

    /// <summary>The lower edge of each brow.</summary>
    public static ReadOnlySpan<int> LeftBrow => [46, 53, 52, 65, 55];
    public static ReadOnlySpan<int> RightBrow => [285, 295, 282, 283, 276];

    /// <summary>The inner lip contour, around from the left corner over the upper lip.</summary>
    public static ReadOnlySpan<int> InnerLips => [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95];

    /// <summary>The outer lip contour, around from the left corner over the upper lip.</summary>
    public static ReadOnlySpan<int> OuterLips => [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146];

    /// <summary>The outline of the face, around from the top of the forehead clockwise.</summary>
    public static ReadOnlySpan<int> Oval =>
    [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
    ];
}
