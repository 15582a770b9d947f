namespace FADA.Realtime.Media.WebRtc;

/// <summary>The session has as many viewers as it may have (HTTP 503).</summary>
public sealed class ViewerLimitException(int limit)
    : MediaException($"The session already has its limit of {limit} viewers.")
{
    public int Limit { get; } = limit;
}
