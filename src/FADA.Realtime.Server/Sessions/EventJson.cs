using FADA.Realtime.V1;
using Google.Rpc;

namespace FADA.Realtime.Server.Sessions;

/// <summary>A session's event as the console page reads it: the protocol's fields, flat, times in milliseconds.</summary>
internal static class EventJson
{
    public static Dictionary<string, object?> From(ConverseEvent happened)
    {
        var json = new Dictionary<string, object?>
        {
            ["type"] = Name(happened),
            ["seq"] = happened.Seq,
            ["turn"] = happened.Turn,
            ["timeMs"] = (long)(happened.Time?.ToTimeSpan().TotalMilliseconds ?? 0),
        };
        switch (happened.EventCase)
        {
            case ConverseEvent.EventOneofCase.SpeechStarted:
                json["latencyMs"] = (long)happened.SpeechStarted.Latency.ToTimeSpan().TotalMilliseconds;
                break;
            case ConverseEvent.EventOneofCase.SpeechFinished:
                json["playedMs"] = happened.SpeechFinished.PlayedMs;
                json["interrupted"] = happened.SpeechFinished.Interrupted;
                break;
            case ConverseEvent.EventOneofCase.ViewerJoined:
                json["viewers"] = happened.ViewerJoined.Viewers;
                break;
            case ConverseEvent.EventOneofCase.ViewerLeft:
                json["viewers"] = happened.ViewerLeft.Viewers;
                break;
            case ConverseEvent.EventOneofCase.Error:
                json["message"] = happened.Error.Message;
                json["reason"] = happened.Error.GetDetail<ErrorInfo>()?.Reason;
                break;
        }

        return json;
    }

    private static string Name(ConverseEvent happened) => happened.EventCase switch
    {
        ConverseEvent.EventOneofCase.Ready => "ready",
        ConverseEvent.EventOneofCase.SpeechStarted => "speech_started",
        ConverseEvent.EventOneofCase.SpeechFinished => "speech_finished",
        ConverseEvent.EventOneofCase.ViewerJoined => "viewer_joined",
        ConverseEvent.EventOneofCase.ViewerLeft => "viewer_left",
        ConverseEvent.EventOneofCase.Error => "error",
        _ => "other",
    };
}
