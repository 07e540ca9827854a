using System.Globalization;
using Azker.Core.Configuration;
using Azker.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.BlobLease;

/// <summary>
/// Renews a lease until the monitor is disposed or the lease is lost. Its own thread watches the deadline and cancels
/// <see cref="Lost"/>, so that neither an exhausted thread pool nor a late timer delays that. In virtual time, for which no
/// thread can wait, a timer does it.
/// </summary>
internal sealed partial class BlobLeaseMonitor : IDisposable
{
    /// <summary>The wait of a thread does not count the time of a suspended machine, so the thread checks again and again.</summary>
    private static readonly TimeSpan WatchStep = TimeSpan.FromMilliseconds(250);

    private const string PausedFault = "this process or machine was paused";

    private static readonly TimeSpan ShortestStep = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BlobLeaseStore _store;
    private readonly BlobLeaseDeadline _deadline;
    private readonly BlobLeaseSchedule _schedule;
    private readonly BlobLeaseClock _clock;
    private readonly ReceiverMetrics _metrics;
    private readonly ILogger _logger;
    private readonly ITimer? _timer;
    private bool _isStopped;
    private string? _lastFault;

    public BlobLeaseMonitor(
        BlobLeaseStore store,
        string leaseId,
        BlobLeaseInstant sentAt,
        LockOptions options,
        BlobLeaseSchedule schedule,
        BlobLeaseClock clock,
        ReceiverMetrics metrics,
        ILogger logger)
    {
        (_store, LeaseId, _schedule, _clock, _metrics, _logger) = (store, leaseId, schedule, clock, metrics, logger);
        _deadline = new BlobLeaseDeadline(clock, options.Deadline, sentAt);
        if (clock.IsVirtual)
        {
            lock (_gate)
            {
                _timer = clock.TimeProvider.CreateTimer(_ => Check(), null, ShortestStep, Timeout.InfiniteTimeSpan);
            }
        }
        else
        {
            new Thread(Watch) { IsBackground = true, Name = "Azker lease watch" }.Start();
        }

        _ = RenewAsync(_stop.Token);
    }

    public string LeaseId { get; }

    public CancellationToken Lost => _lost.Token;

    public string? LostReason { get; private set; }

    /// <summary>Whether the storage service answered that this instance does not have the lease, so that there is nothing to release.</summary>
    public bool IsProvenLost { get; private set; }

    /// <summary>How long ago the last confirmed call was sent that took or renewed the lease.</summary>
    public TimeSpan SinceRenewal
    {
        get
        {
            lock (_gate)
            {
                return _deadline.SinceConfirmed;
            }
        }
    }

    public TimeSpan Remaining
    {
        get
        {
            lock (_gate)
            {
                return IsHeld() ? _deadline.Remaining : TimeSpan.Zero;
            }
        }
    }

    /// <summary>
    /// Stops the renewals. After that no time remains, and the lease is not reported as lost. A running renewal is abandoned:
    /// after a release the service refuses it.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Wake();
        }

        _stop.Cancel();
    }

    /// <summary>Records the answer of the storage service that this instance does not have the lease.</summary>
    public void Lose(BlobLeaseFault proof)
    {
        lock (_gate)
        {
            if (IsHeld())
            {
                IsProvenLost = true;
                Lose($"The storage service answered {proof.Evidence}: this instance no longer has the lease.");
            }
        }
    }

    private async Task RenewAsync(CancellationToken stop)
    {
        try
        {
            TimeSpan pause = _schedule.AfterRenewal();
            while (!Lost.IsCancellationRequested)
            {
                await Task.Delay(pause, _clock.TimeProvider, stop);
                TimeSpan remaining = Remaining;
                if (remaining <= TimeSpan.Zero)
                {
                    return;
                }

                pause = NextPause(await _store.RenewAsync(LeaseId, remaining, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private TimeSpan NextPause(BlobLeaseReply reply)
    {
        switch (reply.Outcome)
        {
            case BlobLeaseOutcome.Succeeded:
                _metrics.CountRenewal("renewed");
                Confirm(reply.SentAt);
                return _schedule.AfterRenewal();
            case BlobLeaseOutcome.Lost or BlobLeaseOutcome.Missing or BlobLeaseOutcome.ContainerMissing:
                _metrics.CountRenewal("lost");
                Lose(reply.Fault!);
                return TimeSpan.Zero;
            default:
                _metrics.CountRenewal("failed");
                TimeSpan remaining = Remaining;
                LogFault(reply.Fault!, remaining);
                return BlobLeaseSchedule.AfterFault(reply.Fault!.RetryAfter, remaining);
        }
    }

    private void Confirm(BlobLeaseInstant sentAt)
    {
        lock (_gate)
        {
            if (IsHeld() && _deadline.TryConfirm(sentAt) && _lastFault is not null)
            {
                _lastFault = null;
                Log.Recovered(_logger);
            }
        }
    }

    private void LogFault(BlobLeaseFault fault, TimeSpan remaining)
    {
        // One line for each fault, not for each attempt.
        if (_lastFault != fault.Evidence)
        {
            _lastFault = fault.Evidence;
            Log.NotRenewed(_logger, fault.Evidence, remaining.TotalSeconds);
        }
    }

    private bool IsHeld()
    {
        if (!_isStopped && LostReason is null && _deadline.Remaining <= TimeSpan.Zero)
        {
            Lose(string.Create(CultureInfo.InvariantCulture,
                $"No renewal of the lease was confirmed for {_deadline.SinceConfirmed.TotalSeconds:0.0} s; {_lastFault ?? PausedFault}."));
        }

        return !_isStopped && LostReason is null;
    }

    private void Lose(string reason)
    {
        LostReason = reason;
        Log.Lost(_logger, reason);
        Wake();
    }

    private void Wake()
    {
        Monitor.PulseAll(_gate);
        _timer?.Change(ShortestStep, Timeout.InfiniteTimeSpan);
    }

    private void Watch()
    {
        lock (_gate)
        {
            while (UntilNextCheck() is { } step)
            {
                Monitor.Wait(_gate, step);
            }
        }

        RaiseLost();
    }

    private void Check()
    {
        lock (_gate)
        {
            if (UntilNextCheck() is { } step)
            {
                _timer!.Change(step, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        _timer!.Dispose();
        RaiseLost();
    }

    /// <returns>The time until the next check; <see langword="null"/> when the lease is no longer held.</returns>
    private TimeSpan? UntilNextCheck()
    {
        if (!IsHeld())
        {
            return null;
        }

        TimeSpan remaining = _deadline.Remaining;
        return remaining < ShortestStep ? ShortestStep : remaining < WatchStep ? remaining : WatchStep;
    }

    private void RaiseLost()
    {
        if (LostReason is null)
        {
            return;
        }

        try
        {
            _lost.Cancel();
        }
        catch (AggregateException e)
        {
            Log.LostCallbackFailed(_logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1311, LogLevel.Warning,
            "The lease of the receiver lock was not renewed: {Evidence}. This instance still has it for {Seconds:0.0} s and tries again.")]
        public static partial void NotRenewed(ILogger logger, string evidence, double seconds);

        [LoggerMessage(1312, LogLevel.Information, "The lease of the receiver lock is renewed again.")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(1313, LogLevel.Error, "The receiver lock is lost: {Reason} Work under it stops.")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(1314, LogLevel.Error, "A callback for the loss of the receiver lock failed.")]
        public static partial void LostCallbackFailed(ILogger logger, Exception exception);
    }
}
