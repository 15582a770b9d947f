namespace FADA.Realtime.Streaming.Animation;

/// <summary>Why a catalog refused; each is told to clients under its name in UPPER_SNAKE.</summary>
public enum AvatarFault
{
    AvatarNotFound,
    NameInvalid,
    NameTaken,
    ConsentMissing,
    NoFace,
    SeveralFaces,
    FaceTooSmall,
    ImageUnreadable,
    ImageTooLarge,

    /// <summary>The avatar cannot be deleted (the default one, or one that is speaking).</summary>
    AvatarInUse,

    /// <summary>The server has no usable model: nothing the client did.</summary>
    ModelUnavailable,
}
