using Azker.Core.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.BlobLease;

/// <summary>A held <see cref="BlobLeaseLock"/>.</summary>
internal sealed partial class BlobLeaseLockHandle(
    BlobLeaseStore store, BlobLeaseMonitor monitor, BlobLeaseRecordWriter recordWriter, BlobLeaseLocalClaim? claim, BlobLeaseClock clock, ILogger logger)
    : IInstanceLockHandle
{
    private const int WriteAttempts = 2;

    private readonly AsyncSemaphore _writing = new(1);
    private readonly CancellationTokenSource _releasing = new();
    private int _isReleased;

    public LockHolder Holder { get; } = recordWriter.Record.ToHolder();

    public CancellationToken Lost => monitor.Lost;

    public string? LostReason => monitor.LostReason;

    public TimeSpan Remaining => monitor.Remaining;

    public TimeSpan? SinceRenewal => monitor.SinceRenewal;

    public async Task AnnounceDrainingAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, monitor.Lost, _releasing.Token);
        try
        {
            await WriteAsync(LockState.Draining, "stopping", () => monitor.Remaining, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0)
        {
            return ValueTask.CompletedTask;
        }

        _releasing.Cancel();
        return new ValueTask(EndAsync());
    }

    private async Task EndAsync()
    {
        bool wasLost = monitor.Remaining <= TimeSpan.Zero;
        monitor.Dispose();
        if (!monitor.IsProvenLost)
        {
            await ReleaseAsync(wasLost);
        }

        claim?.Forget();
        claim?.Dispose();
    }

    private async Task ReleaseAsync(bool wasLost)
    {
        BlobLeaseInstant start = clock.Now();
        TimeSpan Left() => BlobLeaseSchedule.ReleaseLimit - clock.Elapsed(start);

        // An instance that lost the lease may release it, which does nothing to another instance's lease, but must not write the record.
        if (!wasLost)
        {
            await WriteAsync(LockState.Released, "released", () => Left() / 2, CancellationToken.None);
        }

        BlobLeaseReply reply = await store.ReleaseAsync(monitor.LeaseId, Left(), CancellationToken.None);
        if (reply.Outcome == BlobLeaseOutcome.Unknown)
        {
            reply = await store.ReleaseAsync(monitor.LeaseId, Left(), CancellationToken.None);
        }

        // Lost or missing: the lease has ended already, by an earlier release whose answer was lost.
        if (reply.Outcome is BlobLeaseOutcome.Unknown or BlobLeaseOutcome.Denied or BlobLeaseOutcome.Unusable)
        {
            Log.NotReleased(logger, reply.Fault!.Evidence);
        }
        else
        {
            Log.Released(logger, Holder.Epoch);
        }
    }

    private async Task WriteAsync(LockState state, string reason, Func<TimeSpan> remaining, CancellationToken cancellationToken)
    {
        await _writing.EnterAsync(cancellationToken);
        try
        {
            if (await recordWriter.WriteAsync(state, reason, WriteAttempts, remaining, cancellationToken) is not { } fault)
            {
                return;
            }

            if (fault.Outcome == BlobLeaseOutcome.Lost)
            {
                monitor.Lose(fault);
            }

            Log.StateNotWritten(logger, state, fault.Evidence);
        }
        finally
        {
            _writing.Leave();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1331, LogLevel.Debug, "The receiver lock of epoch {Epoch} was released.")]
        public static partial void Released(ILogger logger, long epoch);

        [LoggerMessage(1332, LogLevel.Warning, "The receiver lock was not released: {Evidence}. It becomes free when its lease ends.")]
        public static partial void NotReleased(ILogger logger, string evidence);

        [LoggerMessage(1333, LogLevel.Warning, "The state {State} was not written to the lock's record: {Evidence}. Standbys see it later.")]
        public static partial void StateNotWritten(ILogger logger, LockState state, string evidence);
    }
}
