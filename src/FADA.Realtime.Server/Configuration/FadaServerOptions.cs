using FADA.Realtime.Model.Runtime;

namespace FADA.Realtime.Server.Configuration;

/// <summary>The configuration section <c>Fada</c>: everything a person can set about the server.</summary>
public sealed class FadaServerOptions
{
    public const string Section = "Fada";

    /// <summary>The address to listen on. <c>0.0.0.0</c> or <c>::</c> opens the server to the network.</summary>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>Of the page, WHEP and WHIP (HTTP/1.1). 0 takes any free port.</summary>
    public int Port { get; set; } = 8787;

    /// <summary>Of gRPC (HTTP/2 without TLS). Unset: <see cref="Port"/> + 1, or any free port where that is 0.</summary>
    public int? GrpcPort { get; set; }

    /// <summary>Who may do what.</summary>
    public AuthOptions Auth { get; set; } = new();

    /// <summary>How often one caller may ask for what costs much.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>
    /// Where the networks run: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>. <c>auto</c> takes the first GPU, or the
    /// CPU where there is none. Whoever makes the catalog chooses by it; threads and log are named after it.
    /// </summary>
    public string Device { get; set; } = DeviceSelector.Auto;

    /// <summary>Files of what viewers saw.</summary>
    public RecordingOptions Recording { get; set; } = new();

    /// <summary>How media reaches viewers.</summary>
    public IceOptions Ice { get; set; } = new();

    /// <summary>Faces that can live at once, 1 to 64.</summary>
    public int MaxSessions { get; set; } = 4;

    /// <summary>Viewers of one session at once, 1 to 256.</summary>
    public int MaxViewersPerSession { get; set; } = 16;

    /// <summary>A session without viewers, conversation and speech is closed after this long, 1 s to 1 day.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The largest portrait accepted, in bytes, 1 KiB to 100 MiB.</summary>
    public long MaxPortraitBytes { get; set; } = 20 * 1000 * 1000;

    /// <summary>The largest audio file accepted for speech, in bytes, 1 KiB to 500 MiB.</summary>
    public long MaxSpeechBytes { get; set; } = 50 * 1000 * 1000;

    /// <summary>The longest text spoken in one go, in characters, 1 to 4,000.</summary>
    public int MaxTextLength { get; set; } = 2_000;

    /// <summary>Where added avatars are kept. Empty: the catalog's own choice.</summary>
    public string AvatarFolder { get; set; } = "";

    /// <summary>Where the built-in speech samples are kept once made. Empty: the user's cache folder.</summary>
    public string SampleFolder { get; set; } = "";

    /// <summary>
    /// How long running turns may go on when the server is told to stop, 0 s to 5 min. Closing takes up to 5 s more:
    /// with the default both fit into the 30 s that Kubernetes grants.
    /// </summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);

    internal int EffectiveGrpcPort => GrpcPort ?? (Port == 0 ? 0 : Port + 1);
}
