using Azker.Core.Locking;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.Machine;

/// <summary>A receiver lock that each instance gets, after something else has happened.</summary>
internal sealed class OpenLock(Func<Task> before) : IInstanceLock
{
    private TestLockHandle? _handle;

    public bool IsReleased => _handle is { IsReleased: true };

    public async Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken) => await AcquireAsync(null, cancellationToken);

    public async Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken)
    {
        await before();
        return _handle = new TestLockHandle();
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken) => Task.FromResult<LockHolder?>(null);
}
