using Azker.Core.Locking;

namespace Azker.Simulation.Rules;

/// <summary>A lock that every instance gets while the storage cannot be reached.</summary>
internal sealed class FailOpen(IInstanceLock inner, TimeProvider timeProvider) : IInstanceLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await inner.TryAcquireAsync(cancellationToken);
        }
        catch (InstanceLockException)
        {
            return new FreeHandle(timeProvider);
        }
    }

    public async Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryAcquireAsync(cancellationToken) is { } handle)
            {
                return handle;
            }

            await Task.Delay(Pause, timeProvider, cancellationToken);
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken) => inner.GetHolderAsync(cancellationToken);
}
