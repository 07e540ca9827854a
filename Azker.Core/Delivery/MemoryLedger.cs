namespace Azker.Core.Delivery;

/// <summary>
/// A ledger that lasts as long as the process. It forgets the oldest beyond its capacity, and what is older than the day
/// for which Telegram keeps an update; never what is at work.
/// </summary>
internal sealed class MemoryLedger(TimeProvider timeProvider, int capacity = 50_000) : IUpdateLedger
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<int, LinkedListNode<Entry>> _entries = [];

    /// <summary>Those not at work, the one touched longest ago first.</summary>
    private readonly LinkedList<Entry> _resting = [];

    public ValueTask<UpdateClaim> ClaimAsync(int updateId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Forget();
            return ValueTask.FromResult(Claim(updateId));
        }
    }

    public ValueTask SettleAsync(int updateId, CancellationToken cancellationToken)
    {
        Rest(updateId, entry => entry.IsDone = true);
        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseAsync(int updateId, bool hasFailed, CancellationToken cancellationToken)
    {
        Rest(updateId, entry => entry.Failures += hasFailed ? 1 : 0);
        return ValueTask.CompletedTask;
    }

    private UpdateClaim Claim(int updateId)
    {
        if (!_entries.TryGetValue(updateId, out LinkedListNode<Entry>? node))
        {
            _entries.Add(updateId, new LinkedListNode<Entry>(new Entry(updateId)));
            return new UpdateClaim(ClaimOutcome.Claimed, 1);
        }

        if (node.List is null)
        {
            return new UpdateClaim(ClaimOutcome.Busy);
        }

        if (node.Value.IsDone)
        {
            return new UpdateClaim(ClaimOutcome.Duplicate);
        }

        _resting.Remove(node);
        return new UpdateClaim(ClaimOutcome.Claimed, node.Value.Failures + 1);
    }

    private void Rest(int updateId, Action<Entry> change)
    {
        lock (_gate)
        {
            LinkedListNode<Entry> node = _entries[updateId];
            change(node.Value);
            node.Value.RestsSince = timeProvider.GetTimestamp();
            _resting.AddLast(node);
        }
    }

    private void Forget()
    {
        while (_resting.First is { } oldest && (_resting.Count > capacity || timeProvider.GetElapsedTime(oldest.Value.RestsSince) > Lifetime))
        {
            _resting.Remove(oldest);
            _entries.Remove(oldest.Value.UpdateId);
        }
    }

    private sealed class Entry(int updateId)
    {
        public int UpdateId => updateId;

        public int Failures { get; set; }

        public bool IsDone { get; set; }

        public long RestsSince { get; set; }
    }
}
