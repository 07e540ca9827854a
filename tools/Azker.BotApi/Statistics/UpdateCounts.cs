namespace Azker.BotApi.Statistics;

/// <summary>Counts the deliveries and removals of all updates of one bot as they happen.</summary>
internal sealed class UpdateCounts
{
    private readonly Dictionary<UpdateRemoval, long> _removed = [];

    public long Delivered { get; private set; }

    public long Redelivered { get; private set; }

    public IReadOnlyDictionary<UpdateRemoval, long> Removed => new Dictionary<UpdateRemoval, long>(_removed);

    public void Deliver(bool isFirst)
    {
        Delivered += isFirst ? 1 : 0;
        Redelivered += isFirst ? 0 : 1;
    }

    public void Remove(UpdateRemoval removal) => _removed[removal] = _removed.GetValueOrDefault(removal) + 1;

    public void Reset()
    {
        (Delivered, Redelivered) = (0, 0);
        _removed.Clear();
    }
}
