namespace FADA.Realtime.Server.Sessions;

/// <param name="Avatar">Empty or null: the default one.</param>
/// <param name="IdempotencyKey">The same key within ten minutes gives the same session.</param>
internal sealed record NewSession(string? Avatar, string? IdempotencyKey);
