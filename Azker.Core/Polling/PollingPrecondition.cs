using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Polling;

/// <summary>
/// Makes sure, before the first poll under a lock, that no webhook is set. It deletes our own webhook. A foreign webhook ends the
/// run, so that a dev box never takes the updates from a deployed bot.
/// </summary>
internal sealed partial class PollingPrecondition(
    WebhookRegistration registration, PollingOptions polling, DropPendingOrder dropPending, ILogger<PollingPrecondition> logger)
{
    /// <exception cref="ForeignWebhookException">A webhook that is not ours is set, and the user did not order to delete it.</exception>
    /// <exception cref="InstanceLockLostException">The lock was lost before the webhook could be deleted.</exception>
    public async Task EnsureNoWebhookAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        RegisteredWebhook registered = await registration.GetAsync(cancellationToken);
        if (registered.IsSet && !registration.IsOurs(registered) && !polling.TakeOver)
        {
            throw new ForeignWebhookException(registered.Origin);
        }

        if (registered.IsSet)
        {
            Log.Deleting(logger, registered.Origin);
        }

        if (registered.IsSet || dropPending.IsOpen)
        {
            bool drop = dropPending.Take();
            await registration.DeleteAsync(handle, drop, cancellationToken);
            Log.Pending(logger, registered.PendingUpdateCount, drop ? "dropped, as ordered with --drop-pending" : "kept");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2011, LogLevel.Warning, "Deleting the webhook at {Webhook} before polling starts.")]
        public static partial void Deleting(ILogger logger, string webhook);

        [LoggerMessage(2012, LogLevel.Information, "All pending updates ({Pending}) are {What}.")]
        public static partial void Pending(ILogger logger, int pending, string what);
    }
}
