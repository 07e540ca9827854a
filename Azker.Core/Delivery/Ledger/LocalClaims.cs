using System.Collections.Concurrent;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// The claims of this process on a ledger that several processes share. An update that the ledger says this process has
/// claimed, but that is not in here, is not in progress in this process.
/// </summary>
internal sealed class LocalClaims(TimeProvider timeProvider)
{
    /// <summary>An outage of the ledger leaves at most this many unsure claims.</summary>
    private const int MaxUnsure = 10_000;

    private static readonly Entry Unsure = new(LocalClaim.Unsure);
    private static readonly Entry Pending = new(LocalClaim.Pending);

    private readonly ConcurrentDictionary<int, Entry> _entries = new();

    /// <summary>The claims that end by themselves, the first to end first.</summary>
    private readonly ConcurrentQueue<(int UpdateId, Entry Entry)> _ending = new();

    public int Count => _entries.Count;

    /// <summary>Begins to claim, unless another call of this process is claiming at this moment.</summary>
    /// <returns>The claim as it was known before.</returns>
    public LocalClaim Begin(int updateId)
    {
        EndOverdue();
        if (_entries.TryAdd(updateId, Pending))
        {
            return LocalClaim.None;
        }

        if (_entries.TryUpdate(updateId, Pending, Unsure))
        {
            return LocalClaim.Unsure;
        }

        return _entries.GetValueOrDefault(updateId, Pending).State == LocalClaim.Held ? LocalClaim.Held : LocalClaim.Pending;
    }

    /// <summary>The claiming has ended with an answer.</summary>
    public void Complete(int updateId, LocalClaim before, UpdateClaim claim)
    {
        if (claim.Outcome == ClaimOutcome.Claimed)
        {
            _entries[updateId] = HeldBy(claim);
        }
        else if (before != LocalClaim.Held)
        {
            _entries.TryRemove(updateId, out _);
        }
    }

    /// <summary>The claiming has ended without an answer.</summary>
    public void MarkUnsure(int updateId, LocalClaim before)
    {
        if (before == LocalClaim.Held)
        {
            return;
        }

        if (_entries.Count < MaxUnsure)
        {
            _entries[updateId] = Unsure;
        }
        else
        {
            _entries.TryRemove(updateId, out _);
        }
    }

    /// <summary>Whether this process still holds this claim.</summary>
    public bool IsHeldBy(UpdateClaim claim) => Find(claim) is not null;

    /// <summary>The claim continues under another token.</summary>
    public void Renew(UpdateClaim before, UpdateClaim after)
    {
        if (Find(before) is { } entry)
        {
            _entries.TryUpdate(before.UpdateId, HeldBy(after), entry);
        }
    }

    /// <summary>The claim has ended, unless this process has claimed the update again meanwhile.</summary>
    public void End(UpdateClaim claim)
    {
        if (Find(claim) is { } entry)
        {
            _entries.TryRemove(KeyValuePair.Create(claim.UpdateId, entry));
        }
    }

    /// <summary>
    /// The end of the claim could not be written, and may never be: the claim ends here when its time in the ledger is over,
    /// counted from the last attempt to write its end.
    /// </summary>
    public void EndLater(UpdateClaim claim)
    {
        Entry ending = HeldBy(claim) with { EndingSince = timeProvider.GetTimestamp() };
        if (Find(claim) is { } entry && _entries.TryUpdate(claim.UpdateId, ending, entry))
        {
            _ending.Enqueue((claim.UpdateId, ending));
        }
    }

    private void EndOverdue()
    {
        while (_ending.TryPeek(out (int UpdateId, Entry Entry) first)
            && timeProvider.GetElapsedTime(first.Entry.EndingSince!.Value) >= IUpdateLedger.ClaimDuration
            && _ending.TryDequeue(out first))
        {
            _entries.TryRemove(KeyValuePair.Create(first.UpdateId, first.Entry));
        }
    }

    private Entry? Find(UpdateClaim claim) =>
        _entries.TryGetValue(claim.UpdateId, out Entry entry) && entry.State == LocalClaim.Held && entry.Token == claim.Token ? entry : null;

    private static Entry HeldBy(UpdateClaim claim) => new(LocalClaim.Held, claim.Token);

    private readonly record struct Entry(LocalClaim State, string? Token = null)
    {
        /// <summary>The last attempt to write the end of the claim; <see langword="null"/> if none failed.</summary>
        public long? EndingSince { get; init; }
    }
}
