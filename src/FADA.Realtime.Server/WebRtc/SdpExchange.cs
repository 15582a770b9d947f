using System.Security.Cryptography;
using System.Text;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace FADA.Realtime.Server.WebRtc;

/// <summary>What WHEP and WHIP have in common: an offer in, an answer out, candidates later.</summary>
internal static class SdpExchange
{
    public const string SdpType = "application/sdp";
    public const string FragmentType = "application/trickle-ice-sdpfrag";
    private const int MaxSdpBytes = 64 << 10;

    /// <summary>Reads the offer.</summary>
    /// <exception cref="FadaException">UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE or SDP_MALFORMED.</exception>
    public static async Task<string> ReadOfferAsync(HttpRequest request)
    {
        var offer = await ReadAsync(request, SdpType);
        return offer.StartsWith("v=0", StringComparison.Ordinal)
            ? offer
            : throw Refusals.Invalid("SDP_MALFORMED", "body", "The body is no SDP offer; it does not begin with v=0.");
    }

    /// <summary>201 with the answer.</summary>
    public static IResult Answer(HttpResponse response, string location, string id, string sdp, IceOptions ice)
    {
        response.Headers.Location = location;
        response.Headers.ETag = ETag(id);
        if (IceSettings.LinkHeaders(ice) is { Length: > 0 } links)
            response.Headers.Link = links;
        return Results.Text(sdp, SdpType, Encoding.UTF8, StatusCodes.Status201Created);
    }

    /// <summary>Candidates that a peer found after its offer.</summary>
    /// <exception cref="FadaException">The fragment will not do, or wants an ICE restart.</exception>
    public static async Task<IReadOnlyList<TrickledCandidate>> ReadCandidatesAsync(HttpRequest request, string id)
    {
        var match = request.Headers.IfMatch.ToString();
        if (match.Length == 0)
            throw Refusals.Precondition(428, "IF_MATCH_MISSING", "A PATCH must carry If-Match with the ETag of the answer.");
        if (match == "*")
            throw Refusals.Precondition(422, "ICE_RESTART_UNSUPPORTED", "This server restarts no ICE; make a new connection.");
        if (match != ETag(id))
            throw Refusals.Precondition(412, "ETAG_STALE", "The ETag is not that of this connection.");
        return TrickledCandidate.Parse(await ReadAsync(request, FragmentType));
    }

    /// <summary>Never changes: an ICE session here lives as long as its connection. Tells nothing of the id.</summary>
    private static string ETag(string id) => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..16]}\"";

    private static async Task<string> ReadAsync(HttpRequest request, string type)
    {
        var given = request.ContentType?.Split(';')[0].Trim() ?? "";
        if (!given.Equals(type, StringComparison.OrdinalIgnoreCase))
            throw Refusals.MediaType(given, type);
        if (request.ContentLength > MaxSdpBytes)
            throw Refusals.BodyTooLarge(MaxSdpBytes);
        // One byte more than allowed tells a body that is too long without reading all of it.
        var buffer = new byte[MaxSdpBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return length <= MaxSdpBytes ? Encoding.UTF8.GetString(buffer, 0, length) : throw Refusals.BodyTooLarge(MaxSdpBytes);
    }
}
