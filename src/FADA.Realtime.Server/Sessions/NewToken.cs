using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Errors;

namespace FADA.Realtime.Server.Sessions;

/// <param name="Role"><c>viewer</c>, <c>microphone</c> or <c>both</c>; both where null.</param>
internal sealed record NewToken(string? Role)
{
    /// <exception cref="FadaException">ROLE_UNKNOWN.</exception>
    public SessionRole ToRole() => Role switch
    {
        "viewer" => SessionRole.Viewer,
        "microphone" => SessionRole.Microphone,
        "both" or null => SessionRole.Both,
        _ => throw Refusals.Invalid("ROLE_UNKNOWN", "role", "The role must be viewer, microphone or both."),
    };
}
