namespace FADA.Realtime.Media.Encoders;

/// <summary>How the session's picture is coded; every viewer of a session gets the same codec.</summary>
public enum VideoCodec
{
    /// <summary>VP8 by libvpx (BSD): every browser plays it.</summary>
    Vp8,

    /// <summary>H.264 constrained baseline by openh264 (BSD).</summary>
    H264,
}
