using Microsoft.AspNetCore.Builder;

namespace FADA.Realtime.Server.Limits;

internal static class BodyLimitConventions
{
    /// <summary>These endpoints take small bodies only.</summary>
    public static T WithBodyLimit<T>(this T endpoints)
        where T : IEndpointConventionBuilder => endpoints.WithMetadata(new BodyLimit.Mark());
}
