namespace Azker.Core.Updates;

/// <summary>What is read of an update when it comes.</summary>
/// <param name="Id">The <c>update_id</c>.</param>
/// <param name="Kind">The kind by its Bot API name.</param>
/// <param name="Key">What orders it.</param>
/// <param name="Date">From when its lifetime counts; <see langword="null"/> when that does not stand in it.</param>
/// <param name="Lifetime">For how long Telegram keeps it.</param>
internal readonly record struct UpdateHead(int Id, string Kind, UpdateKey Key, DateTimeOffset? Date, TimeSpan Lifetime);
