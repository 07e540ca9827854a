using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Status;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Hosting;

/// <summary>A run that takes the receiver lock, polls under it, and releases it.</summary>
internal sealed partial class PollingRun(
    ReceiverLock receiverLock, PollingReceiver receiver, ReceiverStatus status, ILogger<PollingRun> logger) : IReceiverRun
{
    public async Task RunAsync(Task requestsFinished, CancellationToken stoppingToken)
    {
        status.Mode = ReceiverMode.Polling;
        try
        {
            await using IInstanceLockHandle handle = await receiverLock.TakeAsync(stoppingToken);
            await receiver.RunAsync(handle, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.StoppedWaiting(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7011, LogLevel.Information, "Stopped while waiting for the receiver lock.")]
        public static partial void StoppedWaiting(ILogger logger);
    }
}
