using Azker.Core.Delivery.Ledger;

namespace Azker.Core.Tests.Delivery.Ledger;

/// <summary>A ledger in memory that a test can make unavailable.</summary>
internal sealed class TestLedger(TimeProvider time) : IUpdateLedger
{
    private readonly MemoryLedger _memory = new(time);
    private int _refusals;
    private int _renewals;

    public bool IsDown { get; set; }

    /// <summary>An exception of a defect, which the next call throws.</summary>
    public Exception? Defect { get; set; }

    public int Renewals => Volatile.Read(ref _renewals);

    public int Refusals => Volatile.Read(ref _refusals);

    public ValueTask<UpdateClaim> ClaimAsync(int updateId, long? epoch, CancellationToken cancellationToken)
    {
        Refuse();
        return _memory.ClaimAsync(updateId, epoch, cancellationToken);
    }

    public ValueTask<UpdateClaim?> RenewAsync(UpdateClaim claim, CancellationToken cancellationToken)
    {
        Refuse();
        Interlocked.Increment(ref _renewals);
        return _memory.RenewAsync(claim, cancellationToken);
    }

    public ValueTask<bool> SettleAsync(UpdateClaim claim, CancellationToken cancellationToken)
    {
        Refuse();
        return _memory.SettleAsync(claim, cancellationToken);
    }

    public ValueTask<bool> ReleaseAsync(UpdateClaim claim, bool hasFailed, CancellationToken cancellationToken)
    {
        Refuse();
        return _memory.ReleaseAsync(claim, hasFailed, cancellationToken);
    }

    public Task ExpireAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Refuse()
    {
        if (Defect is { } defect)
        {
            Defect = null;
            throw defect;
        }

        if (!IsDown)
        {
            return;
        }

        Interlocked.Increment(ref _refusals);
        throw new UpdateLedgerException("The ledger is down.");
    }
}
