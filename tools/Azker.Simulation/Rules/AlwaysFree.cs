using Azker.Core.Locking;

namespace Azker.Simulation.Rules;

/// <summary>A lock that every instance gets.</summary>
internal sealed class AlwaysFree(TimeProvider timeProvider) : IInstanceLock
{
    public Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IInstanceLockHandle?>(new FreeHandle(timeProvider));

    public Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken) =>
        Task.FromResult<IInstanceLockHandle>(new FreeHandle(timeProvider));

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken) => Task.FromResult<LockHolder?>(null);
}
