using System.Text.Json.Serialization;

namespace FADA.Realtime.Server.Conversation;

/// <summary>A wish for how the face should speak; what is null stays as it is. A misspelt name is refused, not ignored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record StyleChange(float? AudioScale, float? ReferenceScale, int? Steps);
