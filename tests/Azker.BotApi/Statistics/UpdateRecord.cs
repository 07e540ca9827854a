namespace Azker.BotApi.Statistics;

/// <summary>What happened to one update. <paramref name="Removal"/> is null while it is pending.</summary>
public sealed record UpdateRecord(
    int UpdateId,
    string Kind,
    DateTimeOffset EnqueuedAt,
    IReadOnlyList<Delivery> Deliveries,
    UpdateRemoval? Removal,
    DateTimeOffset? RemovedAt);
