namespace Azker.BotApi.Updates;

/// <summary>The lifetime and the ordering key of one type of update.</summary>
internal sealed record QueuedKind(string Name)
{
    public const int Day = 86_400;

    /// <summary>The lifetime in seconds, from the date of the update, or from its arrival when it has no date.</summary>
    public int Lifetime { get; init; } = Day;

    /// <summary>The paths of the date. The first path that exists counts.</summary>
    public IReadOnlyList<string> DatePaths { get; init; } = [];

    /// <summary>The path of the id in the ordering key. An update without a path, null, has a queue of its own.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Separates the ordering keys of different kinds of ids.</summary>
    public int KeyBand { get; init; }

    /// <summary>Whether the update is a message. A message that is older than 24 h never enters the queue.</summary>
    public bool IsMessage { get; init; }

    /// <summary>Whether a bot that sets no allowed_updates gets the type.</summary>
    public bool IsDefault { get; init; } = true;

    public long OrderingKey(long id) => id + ((long)KeyBand << 33);
}
