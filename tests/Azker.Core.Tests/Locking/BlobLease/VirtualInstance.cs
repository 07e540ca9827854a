using Azker.BlobService;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Telemetry;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>One instance on a <see cref="VirtualLease"/>.</summary>
internal sealed class VirtualInstance(VirtualLease world, BlobLeaseLock instanceLock, LeaseServiceHandler way, RecordingLogger<BlobLeaseLock> logger, BotMeter meter)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public BlobLeaseLock Lock => instanceLock;

    /// <summary>The connection of the instance to the service, which a test can make fail.</summary>
    public LeaseServiceHandler Way => way;

    public RecordingLogger<BlobLeaseLock> Log => logger;

    public BotMeter Meter => meter;

    /// <summary>Tries to take the lock, and lets time pass until the attempt ends.</summary>
    public async Task<IInstanceLockHandle?> TryAcquire()
    {
        Task<IInstanceLockHandle?> attempt = VirtualLease.Start(() => instanceLock.TryAcquireAsync(Token));
        world.PassUntil(attempt);
        return await attempt;
    }

    public async Task<IInstanceLockHandle> Acquire()
    {
        IInstanceLockHandle? handle = await TryAcquire();
        Assert.NotNull(handle);
        return handle;
    }

    public Task<IInstanceLockHandle> StandBy(Action<LockHolder?>? waitingFor = null, CancellationToken? cancellationToken = null) =>
        VirtualLease.Start(() => instanceLock.AcquireAsync(waitingFor, cancellationToken ?? Token));

    /// <returns>The time that the release took.</returns>
    public TimeSpan Release(IInstanceLockHandle handle) => world.PassUntil(VirtualLease.Start(() => handle.DisposeAsync().AsTask()));
}
