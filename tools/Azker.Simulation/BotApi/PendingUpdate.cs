namespace Azker.Simulation.BotApi;

/// <summary>An update in the server's queue.</summary>
/// <param name="Id">The <c>update_id</c>.</param>
/// <param name="Key">The ordering key; the server pushes one update of a key at a time.</param>
/// <param name="ExpiresAt">The time at which the server removes the update.</param>
/// <param name="Json">The whole update.</param>
internal sealed record PendingUpdate(int Id, string Key, TimeSpan ExpiresAt, byte[] Json);
