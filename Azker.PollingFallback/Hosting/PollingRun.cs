using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Microsoft.Extensions.Logging;

namespace Azker.PollingFallback.Hosting;

/// <summary>A run: the lock, the polling under it, and the release.</summary>
internal sealed partial class PollingRun(IInstanceLock instanceLock, PollingReceiver receiver, AzkerOptions options, ILogger<PollingRun> logger)
{
    /// <exception cref="InstanceLockHeldException">Another instance holds the lock, and this one is no standby.</exception>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using IInstanceLockHandle handle = await TakeLockAsync(stoppingToken);
            await receiver.RunAsync(handle, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.StoppedWaiting(logger);
        }
    }

    private async Task<IInstanceLockHandle> TakeLockAsync(CancellationToken stoppingToken)
    {
        if (options.Polling.Standby)
        {
            return await instanceLock.AcquireAsync(ReportHolder, stoppingToken);
        }

        return await instanceLock.TryAcquireAsync(stoppingToken)
            ?? throw new InstanceLockHeldException(
                await instanceLock.GetHolderAsync(stoppingToken), options.Bot.Token.BotId, options.Storage.DataDirectory);
    }

    private void ReportHolder(LockHolder? holder)
    {
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
        [LoggerMessage(1, LogLevel.Information, "Standby: PID {ProcessId} on {Host} receives, since {Since:u}. Waiting for it to end.")]
        public static partial void Waiting(ILogger logger, int processId, string host, DateTimeOffset since);

        [LoggerMessage(2, LogLevel.Information, "Standby: another instance receives, and has not yet written who it is. Waiting for it to end.")]
        public static partial void WaitingForUnknown(ILogger logger);

        [LoggerMessage(3, LogLevel.Information, "Stopped while waiting for the receiver lock.")]
        public static partial void StoppedWaiting(ILogger logger);
    }
}
