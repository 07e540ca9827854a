using Azker.Core.Configuration;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.BlobLease;

/// <summary>
/// The receiver lock of instances on any machines: the lease of one blob. The storage service grants it for some
/// seconds at a time; the holder renews it, and gives it up by itself well before it can run out. The blob's content
/// says who holds the lock and is written under the lease, so that an instance which lost it cannot write any more.
/// </summary>
internal sealed partial class BlobLeaseLock : IInstanceLock
{
    /// <summary>A timer knows nothing shorter: it would not wait at all.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    private readonly BlobLeaseStore _store;
    private readonly BlobLeaseLocal? _local;
    private readonly BlobLeaseSchedule _schedule;
    private readonly BlobLeaseClock _clock;
    private readonly BlobLeaseAcquisition _acquisition;
    private readonly ILogger _logger;
    private string? _lastFault;

    public BlobLeaseLock(AzkerOptions options, BlobServiceClient service, BlobLeaseClock clock, Random random, ILogger<BlobLeaseLock> logger)
    {
        (_clock, _logger) = (clock, logger);
        LockOptions lease = options.Lock;
        _store = new BlobLeaseStore(service.GetBlobContainerClient(lease.Container), lease.Name, lease.LeaseDuration, lease.AttemptTimeout, clock);
        _local = lease.FastTakeover ? new BlobLeaseLocal(options.Storage.DataDirectory, lease.Name, logger) : null;
        _schedule = new BlobLeaseSchedule(lease.RenewInterval, random.NextDouble);
        var instance = new BlobLeaseInstanceInfo(options.Bot.Token.BotId, mode: options.Webhook.UseWebhook ? "webhook" : "polling");
        _acquisition = new BlobLeaseAcquisition(_store, lease, instance, _local, _schedule, clock, logger);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// When the blob tells nothing of an earlier holder, as on the very first run, the lock is taken only after the lease's
    /// duration (default 15 s): the blob might have been deleted while another instance held it.
    /// </remarks>
    public async Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BlobLeaseAttempt attempt = await _acquisition.RunAsync(null, null, cancellationToken);
        return attempt.Snapshot.Fault is { } fault ? throw Refuse(fault) : attempt.Handle;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A standby looks at the blob about once a second, and every 50 ms once the holder said that it goes. While the
    /// storage cannot be reached it goes on waiting. What <see cref="TryAcquireAsync"/> says of a new blob is true here too.
    /// </remarks>
    public async Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var notifier = new BlobLeaseHolderNotifier(waitingFor);
        BlobLeaseSnapshot? known = null;
        BlobLeaseLocalClaim? claim = null;
        while (true)
        {
            (BlobLeaseLockHandle? handle, BlobLeaseSnapshot snapshot) = await _acquisition.RunAsync(known, claim, cancellationToken);
            if (handle is not null)
            {
                return handle;
            }

            if (snapshot.Fault is { } fault)
            {
                ThrowIfRefused(fault, isFirst: known is null);
            }

            _lastFault = snapshot.Fault is null ? null : _lastFault;
            notifier.Notify(snapshot);
            known = snapshot.Fault is null ? snapshot : known;
            claim = await WaitAsync(snapshot, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken)
    {
        BlobLeaseSnapshot snapshot = await _store.ReadAsync(null, cancellationToken);
        if (snapshot.Fault is { Outcome: not (BlobLeaseOutcome.Missing or BlobLeaseOutcome.ContainerMissing) } fault)
        {
            Log.NotRead(_logger, _store.Location, fault.Evidence);
        }

        return snapshot.Holder;
    }

    /// <summary>Waits until it is time to look again; no longer than until a holder on this machine gave up its OS lock.</summary>
    /// <returns>That OS lock, if the holder crashed; or <see langword="null"/>.</returns>
    private async Task<BlobLeaseLocalClaim?> WaitAsync(BlobLeaseSnapshot snapshot, CancellationToken cancellationToken)
    {
        TimeSpan pause = _schedule.BetweenLooks(snapshot);
        BlobLeaseInstant start = _clock.Now();
        bool wasBusy = false;
        while (true)
        {
            bool isBusy = false;
            BlobLeaseLocalClaim? claim = snapshot.IsLeased ? _local?.TryClaim(out isBusy) : null;
            if (claim is { Adoptable.Count: > 0 })
            {
                return claim;
            }

            claim?.Dispose();
            TimeSpan rest = pause - _clock.Elapsed(start);
            if (rest < ShortestPause || (wasBusy && !isBusy))
            {
                return null;
            }

            wasBusy = isBusy;
            await Task.Delay(isBusy && rest > BlobLeaseSchedule.LocalPoll ? BlobLeaseSchedule.LocalPoll : rest, _clock.TimeProvider, cancellationToken);
        }
    }

    private void ThrowIfRefused(BlobLeaseFault fault, bool isFirst)
    {
        // A right that was there before may come back, as after a firewall's change or a token's end; one that never was does not.
        if (fault.Outcome == BlobLeaseOutcome.Denied && isFirst)
        {
            throw Refuse(fault);
        }

        // One line for a fault, not one for each of the looks.
        if (fault.Evidence != _lastFault)
        {
            _lastFault = fault.Evidence;
            Log.NotRead(_logger, _store.Location, fault.Evidence);
        }
    }

    private InstanceLockException Refuse(BlobLeaseFault fault) => fault.Outcome == BlobLeaseOutcome.Denied
        ? new InstanceLockException(
            $"The storage service refuses access to the lock, {_store.Location} ({fault.Evidence}). Give this identity the right to read and write "
            + "blobs there, such as the role Storage Blob Data Contributor, or correct the connection string.",
            isPermission: true)
        : new InstanceLockException(
            $"The lock, {_store.Location}, cannot be used: {fault.Evidence}. Without it nobody can tell whether another instance receives, so this one "
            + "does not. Check the storage account and the way to it.",
            isPermission: false);

    private static partial class Log
    {
        [LoggerMessage(341, LogLevel.Warning, "The lock, {Location}, cannot be read: {Evidence}")]
        public static partial void NotRead(ILogger logger, string location, string evidence);
    }
}
