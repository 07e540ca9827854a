using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Status;
using Azker.PollingFallback.Web;
using Microsoft.Extensions.Logging;

namespace Azker.PollingFallback.Hosting;

/// <summary>A run that polls: the lock, the polling under it, and the release.</summary>
internal sealed partial class PollingRun(
    ReceiverLock receiverLock, PollingReceiver receiver, HttpFront front, ReceiverStatus status, ILogger<PollingRun> logger) : IConsoleRun
{
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        status.Mode = ReceiverMode.Polling;
        try
        {
            await front.StartAsync(servesWebhook: false, stoppingToken);
            await using IInstanceLockHandle handle = await receiverLock.TakeAsync(stoppingToken);
            await receiver.RunAsync(handle, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.StoppedWaiting(logger);
        }
        finally
        {
            await front.StopAsync(TimeSpan.Zero);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Information, "Stopped while waiting for the receiver lock.")]
        public static partial void StoppedWaiting(ILogger logger);
    }
}
