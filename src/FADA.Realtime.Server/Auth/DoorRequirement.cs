using Microsoft.AspNetCore.Authorization;

namespace FADA.Realtime.Server.Auth;

/// <summary>What opens a door beside a key.</summary>
internal sealed record DoorRequirement(bool NothingInOpenMode, bool TokenWillDo) : IAuthorizationRequirement;
