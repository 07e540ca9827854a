namespace Azker.BotApi.Statistics;

/// <summary>The counts of one bot since the start or since the last reset.</summary>
public sealed record BotStatistics
{
    /// <summary>The updates that got an id.</summary>
    public required long Enqueued { get; init; }

    /// <summary>The updates that got no id, by reason: <c>filtered</c>, <c>full</c>, <c>too_large</c>, <c>too_old</c>.</summary>
    /// <value>A reason without updates is absent.</value>
    public required IReadOnlyDictionary<string, long> NotQueued { get; init; }

    /// <summary>The updates in the queue now, as the <c>pending_update_count</c> of getWebhookInfo counts them.</summary>
    public required int Pending { get; init; }

    /// <summary>The updates that were handed out at least once, by getUpdates or to a connection of a webhook.</summary>
    public required long Delivered { get; init; }

    /// <summary>The deliveries of an update after its first delivery.</summary>
    public required long Redelivered { get; init; }

    /// <summary>The updates that left the queue, by reason.</summary>
    /// <value>A reason without updates is absent.</value>
    public required IReadOnlyDictionary<UpdateRemoval, long> Removed { get; init; }

    /// <summary>The calls of getUpdates, on all ports.</summary>
    public required long Polls { get; init; }

    /// <summary>The long poll that waits now, or null.</summary>
    public required WaitingPoll? WaitingPoll { get; init; }

    /// <summary>The 409 answers, by text and port.</summary>
    public required IReadOnlyList<ConflictCount> Conflicts { get; init; }

    /// <summary>The 409 answers that a connected client could read, on all ports.</summary>
    public long ConflictsAnswered => Conflicts.Sum(conflict => conflict.Answered);

    /// <summary>The ended deliveries, by webhook URL.</summary>
    public required IReadOnlyList<WebhookCount> Webhooks { get; init; }

    /// <summary>The calls of Bot API methods, by method and port.</summary>
    public required IReadOnlyList<CallCount> Calls { get; init; }

    /// <summary>The messages that the bot sent or edited.</summary>
    public required long Sent { get; init; }
}
