using Azker.Core.BotApi;
using Azker.Core.Locking;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Webhook.Registration;

/// <summary>Removes the webhook at the end of a run, when nobody is left to receive.</summary>
internal sealed partial class WebhookRemoval(
    WebhookRegistration registration,
    ReceiverRecordWriter recorder,
    ILogger<WebhookRemoval> logger)
{
    /// <summary>Deletes the webhook if it is ours; updates that wait for delivery are kept for the next receiver.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether no webhook of ours is left; a failure is logged.</returns>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    public async Task<bool> RunAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            if (await registration.DeleteOursAsync(handle, cancellationToken))
            {
                Log.Removed(logger);
                await recorder.WriteReleasedAsync(handle, "stopped", cancellationToken);
            }

            return true;
        }
        catch (BotApiException error)
        {
            Log.NotRemoved(logger, error.Fault.Description);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.NotRecorded(logger, error);
            return true;
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The webhook is removed; updates that wait are kept for the next receiver.")]
        public static partial void Removed(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "The webhook could not be removed: {Fault} Telegram goes on calling it; the next start sees to it.")]
        public static partial void NotRemoved(ILogger logger, string fault);

        [LoggerMessage(3, LogLevel.Warning, "The webhook is removed, but this could not be recorded.")]
        public static partial void NotRecorded(ILogger logger, Exception exception);
    }
}
