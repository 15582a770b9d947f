using System.Threading.RateLimiting;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace FADA.Realtime.Server.Limits;

/// <summary>The rate limits of this server's endpoints: so many in a minute for each caller.</summary>
internal static class RateLimits
{
    public const string Sessions = nameof(Sessions);
    public const string Avatars = nameof(Avatars);
    public const string Viewers = nameof(Viewers);

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddRateLimits(this IServiceCollection services, LimitOptions options) => services.AddRateLimiter(limiter =>
    {
        Add(limiter, Sessions, options.SessionsPerMinute);
        Add(limiter, Avatars, options.AvatarsPerMinute);
        Add(limiter, Viewers, options.ViewersPerMinute);
        // Thrown to the one place that tells errors, HTTP requests and gRPC calls alike.
        limiter.OnRejected = (rejected, _) => throw Refusals.RateLimited(
            rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var delay) ? delay : Window, Policy(rejected.HttpContext));
    });

    private static void Add(RateLimiterOptions limiter, string policy, int most) => limiter.AddPolicy(policy, context => most == 0
        ? RateLimitPartition.GetNoLimiter(Caller(context))
        : RateLimitPartition.GetFixedWindowLimiter(Caller(context), _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Window }));

    // A token's holder counts by address: tokens are made for the asking, addresses are not.
    private static string Caller(HttpContext context) =>
        Auth.Caller.Of(context.User)?.Key is { } key ? $"key {key}" : $"address {context.Connection.RemoteIpAddress}";

    private static string Policy(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName ?? "";
}
