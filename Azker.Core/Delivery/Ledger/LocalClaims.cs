using System.Collections.Concurrent;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// The claims of this process on a ledger that several processes share. An update that the ledger says this process has
/// claimed, but that is not in here, is not in progress in this process.
/// </summary>
internal sealed class LocalClaims
{
    /// <summary>An outage of the ledger leaves at most this many unsure claims.</summary>
    private const int MaxUnsure = 10_000;

    private static readonly Entry Unsure = new(LocalClaim.Unsure);
    private static readonly Entry Pending = new(LocalClaim.Pending);

    private readonly ConcurrentDictionary<int, Entry> _entries = new();

    /// <summary>Begins to claim, unless another call of this process is claiming at this moment.</summary>
    /// <returns>The claim as it was known before.</returns>
    public LocalClaim Begin(int updateId)
    {
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
    public bool IsHeldBy(UpdateClaim claim) => _entries.GetValueOrDefault(claim.UpdateId) == HeldBy(claim);

    /// <summary>The claim continues under another token.</summary>
    public void Renew(UpdateClaim before, UpdateClaim after) => _entries.TryUpdate(before.UpdateId, HeldBy(after), HeldBy(before));

    /// <summary>The claim has ended, unless this process has claimed the update again meanwhile.</summary>
    public void End(UpdateClaim claim) => _entries.TryRemove(new KeyValuePair<int, Entry>(claim.UpdateId, HeldBy(claim)));

    private static Entry HeldBy(UpdateClaim claim) => new(LocalClaim.Held, claim.Token);

    private readonly record struct Entry(LocalClaim State, string? Token = null);
}
