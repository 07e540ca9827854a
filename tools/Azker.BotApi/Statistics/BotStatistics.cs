namespace Azker.BotApi.Statistics;

/// <summary>The counts of one bot since it was started or last reset.</summary>
public sealed record BotStatistics
{
    /// <summary>Updates that got an id.</summary>
    public required long Enqueued { get; init; }

    /// <summary>Updates that got none, by reason: filtered, full, too_large, too_old.</summary>
    public required IReadOnlyDictionary<string, long> NotQueued { get; init; }

    /// <summary>Updates in the queue, as getWebhookInfo counts them.</summary>
    public required int Pending { get; init; }

    /// <summary>Updates handed out at least once, by getUpdates or to a webhook's connection.</summary>
    public required long Delivered { get; init; }

    /// <summary>Deliveries of an update that had been handed out before.</summary>
    public required long Redelivered { get; init; }

    /// <summary>Updates that left the queue, by reason.</summary>
    public required IReadOnlyDictionary<UpdateRemoval, long> Removed { get; init; }

    /// <summary>Calls of getUpdates, on all ports.</summary>
    public required long Polls { get; init; }

    public required WaitingPoll? WaitingPoll { get; init; }

    public required IReadOnlyList<ConflictCount> Conflicts { get; init; }

    /// <summary>Conflicts that a connected client could read, on all ports.</summary>
    public long ConflictsAnswered => Conflicts.Sum(conflict => conflict.Answered);

    /// <summary>One for each webhook URL that was called.</summary>
    public required IReadOnlyList<WebhookCount> Webhooks { get; init; }

    public required IReadOnlyList<CallCount> Calls { get; init; }

    /// <summary>Messages sent or edited by the bot.</summary>
    public required long Sent { get; init; }
}
