using Azker.Core.Locking;

namespace Azker.Simulation.Rules;

/// <summary>A lock whose handles never report a loss.</summary>
internal sealed class NeverLost(IInstanceLock inner) : IInstanceLock
{
    public async Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken) =>
        await inner.TryAcquireAsync(cancellationToken) is { } handle ? new Handle(handle) : null;

    public async Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken) =>
        new Handle(await inner.AcquireAsync(waitingFor, cancellationToken));

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken) => inner.GetHolderAsync(cancellationToken);

    private sealed class Handle(IInstanceLockHandle inner) : IInstanceLockHandle
    {
        public LockHolder Holder => inner.Holder;

        public CancellationToken Lost => CancellationToken.None;

        public string? LostReason => null;

        public TimeSpan Remaining => TimeSpan.MaxValue;

        public Task AnnounceDrainingAsync(CancellationToken cancellationToken) => inner.AnnounceDrainingAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
