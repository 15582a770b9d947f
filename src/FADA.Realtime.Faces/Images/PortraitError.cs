namespace FADA.Realtime.Faces.Images;

/// <summary>Why a picture cannot become an avatar.</summary>
public enum PortraitError
{
    /// <summary>Not a PNG, JPEG or WebP picture, or a damaged one.</summary>
    Unreadable,

    /// <summary>More pixels than <see cref="PortraitImage.MaxPixels"/> or a longer side than <see cref="PortraitImage.MaxSide"/>.</summary>
    TooLarge,

    /// <summary>No face was found.</summary>
    NoFace,

    /// <summary>Several faces of similar size were found.</summary>
    SeveralFaces,

    /// <summary>The face has too few pixels to be animated.</summary>
    FaceTooSmall,
}
