using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Azker.Core.Receiving;

/// <summary>
/// Makes sure, before the first poll under a lock, that no webhook is set: one of ours is deleted, and one of somebody
/// else's ends the run, so that a dev box never takes the updates from a deployed bot.
/// </summary>
internal sealed partial class WebhookClearance(
    [FromKeyedServices(BotApiClients.Receiving)] ITelegramBotClient client,
    WebhookOptions webhook,
    PollingOptions polling,
    DropPendingOrder dropPending,
    TimeProvider timeProvider,
    ILogger<WebhookClearance> logger)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <exception cref="ForeignWebhookException">A webhook that is not ours is set.</exception>
    /// <exception cref="InstanceLockLostException">The lock was lost before the webhook could be deleted.</exception>
    public async Task EnsureNoWebhookAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        WebhookInfo info = await Deadline.RunAsync(client.GetWebhookInfo, "getWebhookInfo", CallTimeout, timeProvider, cancellationToken);
        bool isSet = !string.IsNullOrEmpty(info.Url);
        if (isSet && !IsOurs(info.Url) && !polling.TakeOver)
        {
            throw new ForeignWebhookException(WithoutPath(info.Url));
        }

        if (isSet)
        {
            Log.Deleting(logger, WithoutPath(info.Url));
        }

        if (isSet || dropPending.IsOpen)
        {
            handle.ThrowIfLost();
            await Deadline.RunAsync(DeleteAsync, "deleteWebhook", CallTimeout, timeProvider, cancellationToken);
            Log.Pending(logger, info.PendingUpdateCount, dropPending.IsOpen ? "thrown away, as ordered" : "kept");
            dropPending.CarriedOut();
        }
    }

    private bool IsOurs(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? set) && set == webhook.Url;

    private async Task<bool> DeleteAsync(CancellationToken cancellationToken)
    {
        await client.DeleteWebhook(dropPendingUpdates: dropPending.IsOpen, cancellationToken);
        return true;
    }

    private static string WithoutPath(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) ? $"{parsed.Scheme}://{parsed.Authority}" : "an unreadable URL";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Deleting the webhook at {Webhook} in order to poll.")]
        public static partial void Deleting(ILogger logger, string webhook);

        [LoggerMessage(2, LogLevel.Information, "The {Pending} updates that waited with Telegram are {What}.")]
        public static partial void Pending(ILogger logger, int pending, string what);
    }
}
