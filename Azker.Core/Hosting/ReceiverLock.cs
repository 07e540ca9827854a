using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Status;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Hosting;

/// <summary>Takes the receiver lock for a run: at once, or by waiting as a standby.</summary>
internal sealed partial class ReceiverLock(IInstanceLock instanceLock, AzkerOptions options, ReceiverStatus status, ILogger<ReceiverLock> logger)
{
    /// <exception cref="InstanceLockHeldException">Another instance holds the lock, and this instance is no standby.</exception>
    public async Task<IInstanceLockHandle> TakeAsync(CancellationToken stoppingToken)
    {
        if (options.Polling.Standby == true)
        {
            return await StandByAsync(stoppingToken);
        }

        return await instanceLock.TryAcquireAsync(stoppingToken)
            ?? throw new InstanceLockHeldException(await instanceLock.GetHolderAsync(stoppingToken), options);
    }

    private async Task<IInstanceLockHandle> StandByAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await instanceLock.AcquireAsync(ReportHolder, stoppingToken);
        }
        finally
        {
            status.Standby = null;
        }
    }

    private void ReportHolder(LockHolder? holder)
    {
        status.Standby = new ReceiverStandby(
            options.Webhook.UseWebhook ? ReceiverMode.Webhook : ReceiverMode.Polling,
            "Another instance holds the receiver lock. This instance waits for its release.");
        if (holder is null)
        {
            Log.WaitingForUnknown(logger);
        }
        else
        {
            Log.Waiting(logger, holder.ProcessId, holder.Host, holder.Since);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7041, LogLevel.Information, "Standby: PID {ProcessId} on {Host} has held the receiver lock since {Since:u}. Waiting for its release.")]
        public static partial void Waiting(ILogger logger, int processId, string host, DateTimeOffset since);

        [LoggerMessage(7042, LogLevel.Information, "Standby: another instance holds the receiver lock, and has not yet recorded its PID and host. Waiting for its release.")]
        public static partial void WaitingForUnknown(ILogger logger);
    }
}
