namespace FADA.Realtime.Server.Auth;

internal enum TokenVerdict
{
    Good,

    /// <summary>Not signed by this server, or no token at all.</summary>
    Wrong,

    Expired,
}
