namespace Azker.Core.Delivery.Ledger;

/// <summary>A ledger for one process, which ends with it.</summary>
internal sealed class MemoryLedger(TimeProvider timeProvider, int capacity = LedgerBook.DefaultCapacity) : IUpdateLedger
{
    private readonly Lock _gate = new();
    private readonly LedgerBook _book = new(timeProvider, capacity);

    public ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_book.Claim(updateId, epoch));
        }
    }

    public ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_book.Renew(claim));
        }
    }

    public ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_book.Settle(claim));
        }
    }

    public ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_book.Release(claim, hasFailed));
        }
    }

    public Task ExpireAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
