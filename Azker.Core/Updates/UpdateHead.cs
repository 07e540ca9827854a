namespace Azker.Core.Updates;

/// <summary>The values that are read from an update when it arrives.</summary>
/// <param name="Id">The <c>update_id</c>.</param>
/// <param name="Kind">The kind of update by its Bot API name.</param>
/// <param name="Key">The ordering key.</param>
/// <param name="Date">The start of the lifetime; <see langword="null"/> if the update does not contain it.</param>
/// <param name="Lifetime">How long Telegram keeps the update.</param>
internal readonly record struct UpdateHead(int Id, string Kind, UpdateKey Key, DateTimeOffset? Date, TimeSpan Lifetime);
