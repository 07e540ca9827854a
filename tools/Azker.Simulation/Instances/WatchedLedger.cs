using Azker.Core.Delivery.Ledger;
using Azker.Simulation.Invariants;

namespace Azker.Simulation.Instances;

/// <summary>The ledger of one process, which remembers for each update whether it was claimed under the receiver lock.</summary>
internal sealed class WatchedLedger(IUpdateLedger inner, Journal journal) : IUpdateLedger
{
    private readonly HashSet<int> _underLock = [];

    /// <summary>Whether the newest claim on an update was made under the lock. Pushed updates are handled without the lock.</summary>
    public bool NeedsLock(int updateId) => _underLock.Contains(updateId);

    public async ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken)
    {
        UpdateClaim claim = await OrTellAsync(updateId, () => inner.ClaimAsync(updateId, epoch, cancellationToken));
        if (claim.Outcome == ClaimOutcome.Claimed)
        {
            journal.Claimed(updateId);
            _ = epoch is null ? _underLock.Remove(updateId) : _underLock.Add(updateId);
        }

        return claim;
    }

    public ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken) => inner.RenewAsync(claim, cancellationToken);

    public ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken) => inner.SettleAsync(claim, cancellationToken);

    public async ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken) =>
        await OrTellAsync(claim.UpdateId, () => inner.ReleaseAsync(claim, hasFailed, cancellationToken));

    public Task ExpireAsync(CancellationToken cancellationToken) => inner.ExpireAsync(cancellationToken);

    /// <summary>
    /// A claim or a release without an answer may count as an attempt when another process takes the update over. The process may be
    /// killed before the answer.
    /// </summary>
    private async ValueTask<T> OrTellAsync<T>(int updateId, Func<ValueTask<T>> call)
    {
        journal.ClaimSent(updateId);
        T answer = await call();
        journal.ClaimAnswered(updateId);
        return answer;
    }
}
