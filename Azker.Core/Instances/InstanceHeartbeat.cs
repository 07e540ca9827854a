using Azker.Core.Handling;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Locking.OsLock;
using Azker.Core.Status;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Instances;

/// <summary>Writes the record of this instance again and again, so that <c>azker status</c> shows which instances run.</summary>
internal sealed partial class InstanceHeartbeat(
    IInstanceRecordStore store,
    ReceiverPeriodWriter periods,
    ReceiverStatus status,
    IInstanceLock receiverLock,
    IRunningUpdates running,
    TimeProvider timeProvider,
    ILogger<InstanceHeartbeat> logger)
{
    private const int Schema = 1;

    /// <summary>How soon a record shows that the instance has begun or ceased to receive.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);

    /// <summary>The records of instances that ended without a stop are removed after this time.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    /// <summary>How long a stop waits for the removal of the record.</summary>
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(1);

    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly RecentWork _work = new(status, timeProvider);
    private bool _isFailing;
    private bool _hasRemovedOld;

    /// <summary>Writes the record until the token is cancelled, and removes it then.</summary>
    public async Task RunUntilAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await BeatAsync(store.Interval, stoppingToken);
                await WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        using var limit = new CancellationTokenSource(RemovalLimit, timeProvider);
        await TryAsync(
            async () =>
            {
                await periods.EndAsync(timeProvider.GetUtcNow(), limit.Token);
                await store.RemoveAsync(_instance, limit.Token);
            },
            CancellationToken.None);
    }

    /// <summary>Writes the record once. A failure is logged, once for each outage.</summary>
    /// <param name="interval">When the next record follows.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async Task BeatAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        await TryAsync(() => WriteAsync(Record(interval), cancellationToken), cancellationToken);
        if (!_hasRemovedOld && !_isFailing)
        {
            _hasRemovedOld = true;
            await TryAsync(() => RemoveOldAsync(cancellationToken), cancellationToken);
        }
    }

    /// <summary>Waits until the next record is due, or the state has changed.</summary>
    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        string state = StateOf(status);
        long start = timeProvider.GetTimestamp();
        while (timeProvider.GetElapsedTime(start) < store.Interval && StateOf(status) == state)
        {
            await Task.Delay(Look, timeProvider, stoppingToken);
        }
    }

    private async Task WriteAsync(InstanceRecord record, CancellationToken cancellationToken)
    {
        await store.WriteAsync(record, cancellationToken);
        await periods.FollowAsync(record, cancellationToken);
    }

    private async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        await foreach (InstanceRecord record in store.ListAsync(cancellationToken))
        {
            if (timeProvider.GetUtcNow() - record.At > Retention)
            {
                await store.RemoveAsync(record.Instance, cancellationToken);
            }
        }
    }

    private InstanceRecord Record(TimeSpan interval)
    {
        (double perMinute, double? handlerSeconds) = _work.Read();
        return new InstanceRecord(
            Schema,
            _instance,
            Environment.MachineName,
            Environment.ProcessId,
            AzkerVersion.Current,
            ProcessIdentity.CurrentStart,
            timeProvider.GetUtcNow(),
            interval.TotalSeconds,
            ModeOf(status.Standby?.Mode ?? status.Mode),
            StateOf(status),
            status.Standby?.Reason ?? status.Fault,
            status.LastReceivedAt,
            status.LastSettledAt,
            status.Settled,
            running.List().Count,
            status.Conflicts,
            perMinute,
            handlerSeconds)
        {
            LockRenewedAt = timeProvider.GetUtcNow() - receiverLock.SinceRenewal,
        };
    }

    private static string? ModeOf(ReceiverMode? mode) => mode?.ToString().ToLowerInvariant();

    private static string StateOf(ReceiverStatus status) => status switch
    {
        { Standby: not null } => InstanceRecord.Standby,
        { IsReceiving: true } => InstanceRecord.Receiving,
        { Mode: null, Fault: null } => InstanceRecord.Ready,
        _ => InstanceRecord.NotReceiving,
    };

    private async Task TryAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write();
            _isFailing = false;
        }
        catch (Exception error) when (error is IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (!_isFailing)
            {
                Log.NotWritten(logger, error.Message.TrimEnd('.'));
            }

            _isFailing = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9001, LogLevel.Information, "The sign of life of this instance cannot be written: {Fault}. The bot is not affected; status does not show this instance.")]
        public static partial void NotWritten(ILogger logger, string fault);
    }
}
