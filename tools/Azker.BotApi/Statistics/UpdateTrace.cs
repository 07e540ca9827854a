namespace Azker.BotApi.Statistics;

/// <summary>Keeps the record of one update, also after the update has left the queue.</summary>
internal sealed class UpdateTrace(int updateId, string kind, DateTimeOffset enqueuedAt, UpdateCounts counts)
{
    private readonly List<Delivery> _deliveries = [];
    private readonly List<WebhookAttempt> _attempts = [];
    private bool _wasDelivered;
    private UpdateRemoval? _removal;
    private DateTimeOffset? _removedAt;

    public void Deliver(Delivery delivery)
    {
        Count();
        _deliveries.Add(delivery);
    }

    public void StartAttempt(DateTimeOffset now, string url) => _attempts.Add(new WebhookAttempt(now, url, false, null, null, null));

    /// <summary>The connection of the last attempt is open: from now on the webhook may have seen the update.</summary>
    public void MarkSent()
    {
        Count();
        _attempts[^1] = _attempts[^1] with { IsSent = true };
    }

    public void EndAttempt(DateTimeOffset now, int? status, string? error) =>
        _attempts[^1] = _attempts[^1] with { EndedAt = now, Status = status, Error = error };

    public void Remove(UpdateRemoval removal, DateTimeOffset now)
    {
        counts.Remove(removal);
        (_removal, _removedAt) = (removal, now);
    }

    public UpdateRecord ToRecord() => new(updateId, kind, enqueuedAt, [.. _deliveries], [.. _attempts], _removal, _removedAt);

    private void Count()
    {
        counts.Deliver(isFirst: !_wasDelivered);
        _wasDelivered = true;
    }
}
