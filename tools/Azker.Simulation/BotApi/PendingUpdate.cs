namespace Azker.Simulation.BotApi;

/// <summary>An update in the server's queue.</summary>
/// <param name="Id">The <c>update_id</c>.</param>
/// <param name="Key">What orders it among others; one push of a key at a time.</param>
/// <param name="ExpiresAt">When the server forgets it.</param>
/// <param name="Json">The whole update.</param>
internal sealed record PendingUpdate(int Id, string Key, TimeSpan ExpiresAt, byte[] Json);
