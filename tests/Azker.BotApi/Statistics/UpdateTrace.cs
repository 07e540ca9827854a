namespace Azker.BotApi.Statistics;

/// <summary>The life of one update as it is lived; outlives its place in the queue.</summary>
internal sealed class UpdateTrace(int updateId, string kind, DateTimeOffset enqueuedAt, UpdateCounts counts)
{
    private readonly List<Delivery> _deliveries = [];
    private UpdateRemoval? _removal;
    private DateTimeOffset? _removedAt;

    public void Deliver(Delivery delivery)
    {
        counts.Deliver(isFirst: _deliveries.Count == 0);
        _deliveries.Add(delivery);
    }

    public void Remove(UpdateRemoval removal, DateTimeOffset now)
    {
        counts.Remove(removal);
        (_removal, _removedAt) = (removal, now);
    }

    public UpdateRecord ToRecord() => new(updateId, kind, enqueuedAt, [.. _deliveries], _removal, _removedAt);
}
