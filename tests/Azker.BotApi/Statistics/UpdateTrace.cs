namespace Azker.BotApi.Statistics;

/// <summary>The life of one update as it is lived; outlives its place in the queue.</summary>
internal sealed class UpdateTrace(int updateId, string kind, DateTimeOffset enqueuedAt)
{
    private readonly List<Delivery> _deliveries = [];
    private DateTimeOffset? _removedAt;

    public int DeliveryCount => _deliveries.Count;

    public UpdateRemoval? Removal { get; private set; }

    public void Deliver(Delivery delivery) => _deliveries.Add(delivery);

    public void Remove(UpdateRemoval removal, DateTimeOffset now)
    {
        Removal = removal;
        _removedAt = now;
    }

    public UpdateRecord ToRecord() => new(updateId, kind, enqueuedAt, [.. _deliveries], Removal, _removedAt);
}
