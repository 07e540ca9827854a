namespace Azker.Core.Locking.Machine;

/// <summary>A held <see cref="MachineLock"/>.</summary>
internal sealed class MachineLockHandle(IInstanceLockHandle inner, MachineClaim claim) : IInstanceLockHandle
{
    public LockHolder Holder => inner.Holder;

    public CancellationToken Lost => inner.Lost;

    public string? LostReason => inner.LostReason;

    public TimeSpan Remaining => inner.Remaining;

    public TimeSpan? SinceRenewal => inner.SinceRenewal;

    public Task AnnounceDrainingAsync(CancellationToken cancellationToken) => inner.AnnounceDrainingAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        claim.Dispose();
        await inner.DisposeAsync();
    }
}
