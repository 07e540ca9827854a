using Azker.Core.Configuration;
using Azker.Core.Telemetry;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.BlobLease;

/// <summary>
/// The receiver lock of instances on any machines: the lease of one blob. The storage service grants the lease for some
/// seconds; the holder renews it, and stops by itself before it can end. The blob's content names the holder. It is written
/// under the lease, so an instance that lost the lease can no longer write it.
/// </summary>
internal sealed partial class BlobLeaseLock : IInstanceLock
{
    /// <summary>The resolution of a timer; it does not wait for a shorter time.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    private readonly BlobLeaseStore _store;
    private readonly BlobLeaseLocal? _local;
    private readonly BlobLeaseSchedule _schedule;
    private readonly BlobLeaseClock _clock;
    private readonly BlobLeaseAcquisition _acquisition;
    private readonly ILogger _logger;
    private readonly string _container;
    private string? _lastFault;

    /// <summary>
    /// Whether the storage service has let this process in. From then on a refused credential is a fault that may pass, such as
    /// an expired token or a changed firewall, and never ends the process.
    /// </summary>
    private volatile bool _wasAdmitted;

    public BlobLeaseLock(
        AzkerOptions options, BlobServiceClient service, BlobLeaseClock clock, Random random, ReceiverMetrics metrics, ILogger<BlobLeaseLock> logger)
    {
        (_clock, _logger) = (clock, logger);
        LockOptions lease = options.Lock;
        _container = lease.Container;
        _store = new BlobLeaseStore(service.GetBlobContainerClient(lease.Container), lease.Name, lease.LeaseDuration, lease.AttemptTimeout, clock);
        _local = lease.FastTakeover ? new BlobLeaseLocal(options.Storage.DataDirectory, lease.Name, logger) : null;
        _schedule = new BlobLeaseSchedule(lease.RenewInterval, random.NextDouble);
        var instance = new BlobLeaseInstanceInfo(options.Bot.Token.BotId, mode: options.Webhook.UseWebhook ? "webhook" : "polling");
        _acquisition = new BlobLeaseAcquisition(_store, lease, instance, _local, _schedule, clock, metrics, logger);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The instance that creates the blob, as on the first run, waits one lease duration (default 15 s) before it has the
    /// lock: the blob might have been deleted while another instance held it. The same applies to a blob without a valid record
    /// and to a broken lease.
    /// </remarks>
    public async Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BlobLeaseAttempt attempt = await AttemptAsync(null, null, cancellationToken);
        return attempt.Snapshot.Fault is { } fault ? throw Refuse(fault) : attempt.Handle;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A standby reads the blob about once a second, and every 50 ms after the holder announced its release. While the
    /// storage cannot be reached, the standby keeps waiting. The wait of <see cref="TryAcquireAsync"/> for a new blob applies
    /// here too.
    /// </remarks>
    public async Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var notifier = new BlobLeaseHolderNotifier(waitingFor);
        BlobLeaseSnapshot? known = null;
        BlobLeaseLocalClaim? claim = null;
        while (true)
        {
            (BlobLeaseLockHandle? handle, BlobLeaseSnapshot snapshot) = await AttemptAsync(known, claim, cancellationToken);
            if (handle is not null)
            {
                return handle;
            }

            if (snapshot.Fault is { } fault)
            {
                ThrowIfRefused(fault);
            }

            _lastFault = snapshot.Fault is null ? null : _lastFault;
            notifier.Notify(snapshot);
            known = snapshot.Fault is null ? snapshot : known;
            claim = await WaitAsync(snapshot, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if ((await ReadAsync(cancellationToken)).Fault is { IsDenied: true } fault && !_wasAdmitted)
        {
            throw Refuse(fault);
        }
    }

    /// <inheritdoc/>
    public async Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Holder;

    /// <summary>
    /// Takes the lock away from its holder, on the order of a person. The lease can no longer be renewed: the holder stops to receive
    /// before the lease ends, which is one lease duration later at most.
    /// </summary>
    /// <exception cref="InstanceLockException">The storage service did not break the lease.</exception>
    public async Task BreakAsync(CancellationToken cancellationToken)
    {
        if ((await _store.BreakAsync(cancellationToken)).Fault is { } fault)
        {
            throw Refuse(fault);
        }
    }

    private async Task<BlobLeaseSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        BlobLeaseSnapshot snapshot = await _store.ReadAsync(null, cancellationToken);
        _wasAdmitted |= snapshot.Fault is null;
        if (snapshot.Fault is { Outcome: not (BlobLeaseOutcome.Missing or BlobLeaseOutcome.ContainerMissing) } fault)
        {
            Log.NotRead(_logger, _store.Location, fault.Evidence);
        }

        return snapshot;
    }

    /// <summary>Makes an attempt. It is an admission only as a whole, so that a first attempt that may read but not write is refused.</summary>
    private async Task<BlobLeaseAttempt> AttemptAsync(BlobLeaseSnapshot? known, BlobLeaseLocalClaim? claim, CancellationToken cancellationToken)
    {
        BlobLeaseAttempt attempt = await _acquisition.RunAsync(known, claim, cancellationToken);
        _wasAdmitted |= attempt.Snapshot.Fault is null;
        return attempt;
    }

    /// <summary>Waits until the next read is due, or until a holder on this machine releases its OS lock.</summary>
    /// <returns>That OS lock, if the holder crashed; otherwise <see langword="null"/>.</returns>
    private async Task<BlobLeaseLocalClaim?> WaitAsync(BlobLeaseSnapshot snapshot, CancellationToken cancellationToken)
    {
        TimeSpan pause = _schedule.BetweenReads(snapshot);
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

    private void ThrowIfRefused(BlobLeaseFault fault)
    {
        if (fault.IsDenied && !_wasAdmitted)
        {
            throw Refuse(fault);
        }

        // One line for each fault, not for each read.
        if (fault.Evidence != _lastFault)
        {
            _lastFault = fault.Evidence;
            Log.NotRead(_logger, _store.Location, fault.Evidence);
        }
    }

    private InstanceLockException Refuse(BlobLeaseFault fault) => new(Describe(fault), isPermission: fault.IsDenied && !_wasAdmitted);

    private string Describe(BlobLeaseFault fault) => fault.Outcome switch
    {
        BlobLeaseOutcome.Denied =>
            $"The storage service refuses access to the receiver lock, {_store.Location} ({fault.Evidence}). Give this identity the permission to "
            + "read and write blobs there, such as the role Storage Blob Data Contributor, or correct the connection string.",
        BlobLeaseOutcome.ContainerDenied =>
            $"The blob container {_container} does not exist, and this identity may not create it ({fault.Evidence}). "
            + $"Create the container, or set {SettingNames.LockContainer} to another container.",
        BlobLeaseOutcome.Unusable =>
            $"The storage service does not accept the calls for the receiver lock, {_store.Location} ({fault.Evidence}). With InvalidHeaderValue an emulator is "
            + $"older than Azker: start Azurite with --skipApiVersionCheck. Otherwise check {SettingNames.LockContainer} and {SettingNames.LockName}, and the URL of the account.",
        _ =>
            $"The receiver lock, {_store.Location}, cannot be used: {fault.Evidence}. Without it this instance cannot know whether another instance "
            + "receives, so it does not receive. Check the storage account and the network.",
    };

    private static partial class Log
    {
        [LoggerMessage(1341, LogLevel.Warning,
            "The receiver lock, {Location}, cannot be read: {Evidence}. This instance cannot take over until the lock can be read. "
            + "Check the storage account and the network.")]
        public static partial void NotRead(ILogger logger, string location, string evidence);
    }
}
