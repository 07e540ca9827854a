using System.Globalization;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// The ledger of one process, in memory. It forgets the oldest updates beyond its capacity, and those that are older than
/// the day for which Telegram keeps an update, but never an update in progress. It is not thread-safe.
/// </summary>
internal sealed class LedgerBook(TimeProvider timeProvider, int capacity)
{
    /// <summary>Half of the updates that may wait at Telegram; about 5 MB.</summary>
    public const int DefaultCapacity = 50_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Dictionary<int, LinkedListNode<LedgerEntry>> _entries = [];

    /// <summary>The updates that are not in progress, the one changed longest ago first.</summary>
    private readonly LinkedList<LedgerEntry> _idle = [];

    private long _lastToken;

    public UpdateClaim Claim(int updateId, long? epoch)
    {
        RemoveOld();
        if (!_entries.TryGetValue(updateId, out LinkedListNode<LedgerEntry>? node))
        {
            node = new LinkedListNode<LedgerEntry>(new LedgerEntry(updateId) { FirstSeenAt = timeProvider.GetUtcNow() });
            _entries.Add(updateId, node);
        }

        LedgerEntry entry = node.Value;
        if (entry.IsSettled)
        {
            return new UpdateClaim(ClaimOutcome.Duplicate);
        }

        if (entry.IsInProgress && !IsExpired(entry, epoch))
        {
            return new UpdateClaim(ClaimOutcome.Busy);
        }

        entry.Failures += entry.IsInProgress ? 1 : 0;
        if (node.List is not null)
        {
            _idle.Remove(node);
        }

        (entry.IsInProgress, entry.Token, entry.Epoch, entry.ChangedAt) = (true, ++_lastToken, epoch, timeProvider.GetTimestamp());
        return new UpdateClaim(ClaimOutcome.Claimed, entry.Failures + 1)
        {
            UpdateId = updateId,
            Token = entry.Token.ToString(CultureInfo.InvariantCulture),
            FirstSeenAt = entry.FirstSeenAt,
        };
    }

    public UpdateClaim? Renew(UpdateClaim claim)
    {
        if (_entries.GetValueOrDefault(claim.UpdateId)?.Value is not { IsInProgress: true } entry || !entry.IsClaimedBy(claim))
        {
            return null;
        }

        entry.ChangedAt = timeProvider.GetTimestamp();
        return claim;
    }

    public bool Settle(UpdateClaim claim)
    {
        if (!_entries.TryGetValue(claim.UpdateId, out LinkedListNode<LedgerEntry>? node))
        {
            return false;
        }

        if (!node.Value.IsSettled && node.Value.IsClaimedBy(claim))
        {
            node.Value.IsSettled = true;
            MakeIdle(node);
        }

        return node.Value.IsSettled;
    }

    public bool Release(UpdateClaim claim, bool hasFailed)
    {
        if (!_entries.TryGetValue(claim.UpdateId, out LinkedListNode<LedgerEntry>? node) || node.Value.IsSettled || !node.Value.IsClaimedBy(claim))
        {
            return false;
        }

        if (node.Value.IsInProgress)
        {
            node.Value.Failures += hasFailed ? 1 : 0;
            MakeIdle(node);
        }

        return true;
    }

    private bool IsExpired(LedgerEntry entry, long? epoch) =>
        entry.Epoch < epoch || timeProvider.GetElapsedTime(entry.ChangedAt) >= IUpdateLedger.ClaimDuration;

    private void MakeIdle(LinkedListNode<LedgerEntry> node)
    {
        node.Value.IsInProgress = false;
        node.Value.ChangedAt = timeProvider.GetTimestamp();
        _idle.AddLast(node);
    }

    private void RemoveOld()
    {
        while (_idle.First is { } oldest
            && (_idle.Count > capacity || timeProvider.GetElapsedTime(oldest.Value.ChangedAt) > Lifetime))
        {
            _idle.Remove(oldest);
            _entries.Remove(oldest.Value.UpdateId);
        }
    }
}
