using Azker.Core.Configuration;
using Azker.Core.Telemetry;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.BlobLease;

/// <summary>One attempt to take the lock: read the blob, acquire the lease, write the record.</summary>
internal sealed partial class BlobLeaseAcquisition(
    BlobLeaseStore store,
    LockOptions options,
    BlobLeaseInstanceInfo instance,
    BlobLeaseLocal? local,
    BlobLeaseSchedule schedule,
    BlobLeaseClock clock,
    ReceiverMetrics metrics,
    ILogger logger)
{
    private const int Attempts = 3;
    private const int ClaimAttempts = 10;
    private static readonly TimeSpan ClaimPause = TimeSpan.FromMilliseconds(2);

    /// <param name="known">The last snapshot, if there is one.</param>
    /// <param name="claim">The OS lock of a crashed holder, if the caller has it. It is disposed when the lock is not taken.</param>
    /// <param name="cancellationToken">Cancels the attempt; the lock is not held then.</param>
    public async Task<BlobLeaseAttempt> RunAsync(BlobLeaseSnapshot? known, BlobLeaseLocalClaim? claim, CancellationToken cancellationToken)
    {
        BlobLeaseLockHandle? handle = null;
        try
        {
            BlobLeaseSnapshot snapshot = await ReadAsync(known, cancellationToken);
            if (snapshot.Fault is not null)
            {
                return new BlobLeaseAttempt(null, snapshot);
            }

            claim ??= await ClaimAsync(isPatient: !snapshot.IsLeased, cancellationToken);
            if (snapshot.IsLeased && claim is not { Adoptable.Count: > 0 })
            {
                return new BlobLeaseAttempt(null, snapshot);
            }

            (handle, BlobLeaseFault? fault) = await TakeAsync(snapshot, claim, cancellationToken);
            return new BlobLeaseAttempt(handle, fault switch
            {
                null => snapshot,
                { Outcome: BlobLeaseOutcome.Unknown } or { IsDenied: true } => new BlobLeaseSnapshot(fault),
                _ => snapshot with { Lease = LeaseState.Leased },
            });
        }
        finally
        {
            if (handle is null)
            {
                claim?.Dispose();
            }
        }
    }

    private async Task<BlobLeaseSnapshot> ReadAsync(BlobLeaseSnapshot? known, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            BlobLeaseSnapshot snapshot = await store.ReadAsync(known, cancellationToken);
            if (attempt == Attempts || snapshot.Fault is not { Outcome: BlobLeaseOutcome.Missing or BlobLeaseOutcome.ContainerMissing } fault)
            {
                return snapshot;
            }

            BlobLeaseReply reply = await CreateAsync(fault.Outcome, cancellationToken);
            if (reply.Fault is { IsDenied: true } denied)
            {
                return new BlobLeaseSnapshot(denied);
            }
        }
    }

    private async Task<BlobLeaseReply> CreateAsync(BlobLeaseOutcome missing, CancellationToken cancellationToken)
    {
        if (missing == BlobLeaseOutcome.Missing)
        {
            BlobLeaseReply reply = await store.CreateAsync(cancellationToken);
            if (reply.Outcome != BlobLeaseOutcome.ContainerMissing)
            {
                return reply;
            }
        }

        BlobLeaseReply container = await store.CreateContainerAsync(cancellationToken);
        return container.Fault is { Outcome: BlobLeaseOutcome.Denied } denied
            ? container with { Fault = denied with { Outcome = BlobLeaseOutcome.ContainerDenied } }
            : await store.CreateAsync(cancellationToken);
    }

    /// <summary>A standby holds the OS lock for a moment when it checks whether the lock is free; an acquisition waits for that moment to pass.</summary>
    private async Task<BlobLeaseLocalClaim?> ClaimAsync(bool isPatient, CancellationToken cancellationToken)
    {
        bool isBusy = false;
        for (int attempt = 0; attempt < (isPatient ? ClaimAttempts : 1); attempt++)
        {
            if (local?.TryClaim(out isBusy) is { } claim)
            {
                return claim;
            }

            if (!isBusy)
            {
                return null;
            }

            await Task.Delay(ClaimPause, clock.TimeProvider, cancellationToken);
        }

        return null;
    }

    private async Task<(BlobLeaseLockHandle? Handle, BlobLeaseFault? Fault)> TakeAsync(
        BlobLeaseSnapshot snapshot, BlobLeaseLocalClaim? claim, CancellationToken cancellationToken)
    {
        string leaseId = Guid.NewGuid().ToString("D");
        BlobLeaseMonitor? monitor = null;
        BlobLeaseLockHandle? handle = null;
        BlobLeaseOutcome outcome = BlobLeaseOutcome.Unknown;
        try
        {
            BlobLeaseReply reply = snapshot.IsLeased
                ? await AdoptAsync(claim!, leaseId, cancellationToken)
                : await AcquireAsync(claim, leaseId, snapshot.ETag, cancellationToken);
            outcome = reply.Outcome;
            if (reply.Fault is not null)
            {
                return (null, reply.Fault);
            }

            monitor = new BlobLeaseMonitor(store, leaseId, reply.SentAt, options, schedule, clock, metrics, logger);
            BlobLeaseRecord record = instance.Compose(snapshot, Reason(snapshot), clock.TimeProvider.GetUtcNow());
            var recordWriter = new BlobLeaseRecordWriter(store, leaseId, snapshot.ETag, record, clock);
            if (await EstablishAsync(snapshot, monitor, recordWriter, cancellationToken) is { } fault)
            {
                return (null, fault);
            }

            instance.RecordEpoch(recordWriter.Record.Epoch);
            Log.Taken(logger, store.Location, recordWriter.Record.Epoch, recordWriter.Record.Reason);
            handle = new BlobLeaseLockHandle(store, monitor, recordWriter, claim, clock, logger);
            return (handle, null);
        }
        finally
        {
            if (handle is null)
            {
                await AbandonAsync(monitor, leaseId, mayBeOurs: outcome is BlobLeaseOutcome.Unknown or BlobLeaseOutcome.Succeeded);
                claim?.Forget();
            }
        }
    }

    /// <summary>Sends the same id again when there was no answer: if this instance already has the lease, the service confirms that.</summary>
    private async Task<BlobLeaseReply> AcquireAsync(BlobLeaseLocalClaim? claim, string leaseId, ETag unchanged, CancellationToken cancellationToken)
    {
        claim?.TryWrite([leaseId]);
        for (int attempt = 1; ; attempt++)
        {
            BlobLeaseReply reply = await store.AcquireAsync(leaseId, unchanged, cancellationToken);
            if (reply.Outcome != BlobLeaseOutcome.Unknown || attempt == Attempts)
            {
                return reply;
            }

            await Task.Delay(BlobLeaseSchedule.AfterFault(reply.Fault!.RetryAfter, options.AttemptTimeout), clock.TimeProvider, cancellationToken);
        }
    }

    /// <summary>
    /// Renews the lease of a crashed holder by its id, then changes the id to a new one. Both ids are written before, so that
    /// another instance can adopt the lease if this one crashes here.
    /// </summary>
    private async Task<BlobLeaseReply> AdoptAsync(BlobLeaseLocalClaim claim, string leaseId, CancellationToken cancellationToken)
    {
        var reply = new BlobLeaseReply(clock.Now(), new BlobLeaseFault(BlobLeaseOutcome.Held, "there is nothing to adopt"), default);
        if (!claim.TryWrite([leaseId, .. claim.Adoptable]))
        {
            return reply;
        }

        foreach (string adopted in claim.Adoptable)
        {
            reply = await store.AcquireAsync(adopted, unchanged: null, cancellationToken);
            if (reply.Fault is null)
            {
                BlobLeaseReply change = await store.ChangeAsync(adopted, leaseId, options.AttemptTimeout, cancellationToken);
                return change with { SentAt = reply.SentAt };
            }
        }

        return reply;
    }

    private async Task<BlobLeaseFault?> EstablishAsync(
        BlobLeaseSnapshot snapshot, BlobLeaseMonitor monitor, BlobLeaseRecordWriter recordWriter, CancellationToken cancellationToken)
    {
        string reason = recordWriter.Record.Reason;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, monitor.Lost);
        try
        {
            if (snapshot.IsSuspect)
            {
                Log.Quarantine(logger, store.Location, options.LeaseDuration.TotalSeconds);
                await recordWriter.WriteAsync(LockState.Quarantine, reason, Attempts, () => monitor.Remaining, either.Token);
                await Task.Delay(options.LeaseDuration, clock.TimeProvider, either.Token);
            }

            BlobLeaseFault? fault = await recordWriter.WriteAsync(LockState.Held, reason, Attempts, () => monitor.Remaining, either.Token);
            return fault ?? (monitor.Remaining > TimeSpan.Zero ? null : new BlobLeaseFault(BlobLeaseOutcome.Lost, monitor.LostReason ?? "the lease has ended"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new BlobLeaseFault(BlobLeaseOutcome.Lost, monitor.LostReason!);
        }
    }

    /// <summary>Releases a lease that no instance renews: until it ended, it would exclude every instance.</summary>
    private async Task AbandonAsync(BlobLeaseMonitor? monitor, string leaseId, bool mayBeOurs)
    {
        monitor?.Dispose();
        if (mayBeOurs)
        {
            await store.ReleaseAsync(leaseId, BlobLeaseSchedule.ReleaseLimit, CancellationToken.None);
        }
    }

    private static string Reason(BlobLeaseSnapshot snapshot) => snapshot switch
    {
        { IsLeased: true } => "adopted from a crashed holder on this machine",
        { IsSuspect: true } => "taken after a quarantine",
        { Record.State: LockState.Released } => "handed over",
        _ => "the last lease ended",
    };

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Information, "The receiver lock was taken: {Location}, epoch {Epoch}, {Reason}.")]
        public static partial void Taken(ILogger logger, string location, long epoch, string reason);

        [LoggerMessage(1302, LogLevel.Information,
            "The receiver lock names no earlier holder: {Location} is new, or its lease was broken. Waiting {Seconds} s before this instance "
            + "starts, in case an earlier holder still runs.")]
        public static partial void Quarantine(ILogger logger, string location, double seconds);
    }
}
