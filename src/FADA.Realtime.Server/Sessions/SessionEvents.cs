using FADA.Realtime.Server.Errors;
using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using SpeechFinished = FADA.Realtime.Streaming.Sessions.SpeechFinished;
using SpeechStarted = FADA.Realtime.Streaming.Sessions.SpeechStarted;

namespace FADA.Realtime.Server.Sessions;

/// <summary>The streaming engine's events in the protocol's words.</summary>
internal static class SessionEvents
{
    public static ConverseEvent Ready(TimeSpan time) => new() { Time = Duration.FromTimeSpan(time), Ready = new Ready() };

    public static ConverseEvent Viewer(bool joined, int viewers, int turn, TimeSpan time)
    {
        var change = new ViewerChanged { Viewers = viewers };
        var told = new ConverseEvent { Turn = (ulong)turn, Time = Duration.FromTimeSpan(time) };
        if (joined)
            told.ViewerJoined = change;
        else
            told.ViewerLeft = change;
        return told;
    }

    public static ConverseEvent Gap(ulong expected, ulong received, int turn, TimeSpan time) => new()
    {
        Turn = (ulong)turn,
        Time = Duration.FromTimeSpan(time),
        SequenceGap = new SequenceGap { Expected = expected, Received = received },
    };

    public static ConverseEvent Failed(FadaError error, int turn, TimeSpan time) => new()
    {
        Turn = (ulong)turn,
        Time = Duration.FromTimeSpan(time),
        Error = ErrorMapper.ToStatus(error),
    };

    /// <returns>Null for an event that the protocol does not know.</returns>
    public static ConverseEvent? From(SessionEvent happened)
    {
        var told = new ConverseEvent { Turn = (ulong)happened.Turn, Time = Duration.FromTimeSpan(happened.Time) };
        switch (happened)
        {
            case SpeechStarted e:
                told.SpeechStarted = new V1.SpeechStarted { Latency = Duration.FromTimeSpan(e.Latency) };
                return told;
            case SpeechFinished e:
                told.SpeechFinished = new V1.SpeechFinished { PlayedMs = e.PlayedMs, Interrupted = e.Interrupted };
                return told;
            case SpeechFailed:
                // What failed inside goes to the log, not to the client.
                told.Error = ErrorMapper.ToStatus(
                    new FadaError(Code.Internal, 500, "SPEECH_FAILED", "This turn could not be spoken; the next one will be tried."));
                return told;
            default:
                return null;
        }
    }
}
