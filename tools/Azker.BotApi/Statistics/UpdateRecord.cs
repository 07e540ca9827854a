namespace Azker.BotApi.Statistics;

/// <summary>
/// What happened to one update: its deliveries by getUpdates and its attempts by webhook.
/// <paramref name="Removal"/> is null while it is pending.
/// </summary>
public sealed record UpdateRecord(
    int UpdateId,
    string Kind,
    DateTimeOffset EnqueuedAt,
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyList<WebhookAttempt> Attempts,
    UpdateRemoval? Removal,
    DateTimeOffset? RemovedAt);
