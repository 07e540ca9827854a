namespace Azker.BotApi.Statistics;

/// <summary>The history of one update.</summary>
/// <param name="UpdateId">The update_id.</param>
/// <param name="Kind">The kind, such as <c>message</c>.</param>
/// <param name="EnqueuedAt">When the update entered the queue, on the server's clock.</param>
/// <param name="Deliveries">The deliveries by getUpdates, oldest first.</param>
/// <param name="Attempts">The attempts at a webhook, oldest first.</param>
/// <param name="Removal">Why the update left the queue, or null while it is pending.</param>
/// <param name="RemovedAt">When the update left the queue, or null while it is pending.</param>
public sealed record UpdateRecord(
    int UpdateId,
    string Kind,
    DateTimeOffset EnqueuedAt,
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyList<WebhookAttempt> Attempts,
    UpdateRemoval? Removal,
    DateTimeOffset? RemovedAt);
