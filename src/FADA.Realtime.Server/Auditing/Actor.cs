using FADA.Realtime.Server.Auth;
using Microsoft.AspNetCore.Http;

namespace FADA.Realtime.Server.Auditing;

/// <summary>Who did something.</summary>
/// <param name="Key">The name of its key, where it showed one.</param>
/// <param name="Name">For the log: the key's name, or what stands in for one.</param>
/// <param name="Address">Where it came from.</param>
internal sealed record Actor(string? Key, string Name, string Address)
{
    /// <summary>Nobody asked: the server itself, for a session that is not used or because it stops.</summary>
    public static Actor Server { get; } = new(null, "the server", "-");

    public static Actor Of(HttpContext context)
    {
        var caller = Caller.Of(context.User);
        var name = caller switch
        {
            null => "anybody",
            { Key: { } key } => $"key {key}",
            _ => "a session's token",
        };
        return new Actor(caller?.Key, name, context.Connection.RemoteIpAddress?.ToString() ?? "-");
    }
}
