namespace Azker.BotApi.Updates;

/// <summary>
/// How long an update of one type lives and which others it must follow.
/// <paramref name="DatePaths"/> name where its date is found (the first that is there); with none, it lives from now.
/// The ordering key is the id at <paramref name="KeyPath"/> plus <paramref name="Band"/> &lt;&lt; 33.
/// </summary>
internal sealed record UpdateKind(string Name, int Seconds, string? KeyPath, int Band, bool IsDefault = true, params string[] DatePaths)
{
    public const int Day = 86_400;

    /// <summary>Messages older than a day are never queued; other types have no such rule.</summary>
    public bool IsMessage => DatePaths is ["date"] or ["edit_date", ..] && (Name.EndsWith("message", StringComparison.Ordinal) || Name.EndsWith("channel_post", StringComparison.Ordinal));

    public long OrderingKey(long id) => id + ((long)Band << 33);
}
