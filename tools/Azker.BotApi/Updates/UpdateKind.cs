namespace Azker.BotApi.Updates;

/// <summary>How long an update of one type lives and which others it must follow.</summary>
internal sealed record UpdateKind(string Name)
{
    public const int Day = 86_400;

    /// <summary>Seconds, from its date where it has one, else from now.</summary>
    public int Lifetime { get; init; } = Day;

    /// <summary>Where its date is found; the first one that is there counts.</summary>
    public IReadOnlyList<string> DatePaths { get; init; } = [];

    /// <summary>Where the id is found that orders it; null is bound to no other update.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Keeps the ids of different kinds apart.</summary>
    public int KeyBand { get; init; }

    /// <summary>A message older than its lifetime is never queued.</summary>
    public bool IsMessage { get; init; }

    /// <summary>Whether a bot gets it without asking.</summary>
    public bool IsDefault { get; init; } = true;

    public long OrderingKey(long id) => id + ((long)KeyBand << 33);
}
