using Azker.Core.BotApi;
using Azker.Core.Locking;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Webhook.Registration;

/// <summary>Deletes the webhook at the end of a run, when no instance is left to receive.</summary>
internal sealed partial class WebhookRemoval(
    WebhookRegistration registration,
    ReceiverRecordWriter recordWriter,
    ILogger<WebhookRemoval> logger)
{
    /// <summary>Deletes the webhook if it is ours; the pending updates are kept for the next receiver.</summary>
    /// <param name="handle">The receiver lock.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether our webhook is no longer registered; a failure is logged.</returns>
    /// <exception cref="InstanceLockLostException">The lock is no longer held.</exception>
    public async Task<bool> RunAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            if (await registration.DeleteOursAsync(handle, cancellationToken))
            {
                Log.Deleted(logger);
                await recordWriter.WriteReleasedAsync(handle, "stopped", cancellationToken);
            }

            return true;
        }
        catch (BotApiException error)
        {
            Log.NotDeleted(logger, error.Fault.Description);
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
        [LoggerMessage(1, LogLevel.Information, "The webhook is deleted. The pending updates are kept for the next receiver.")]
        public static partial void Deleted(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "{Fault} The webhook may stay registered; Telegram then keeps calling it until the next start.")]
        public static partial void NotDeleted(ILogger logger, string fault);

        [LoggerMessage(3, LogLevel.Warning, "The webhook is deleted, but the receiver record could not be written.")]
        public static partial void NotRecorded(ILogger logger, Exception exception);
    }
}
