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
    TimeProvider timeProvider,
    ILogger<WebhookClearance> logger)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <exception cref="ForeignWebhookException">A webhook that is not ours is set.</exception>
    /// <exception cref="InstanceLockLostException">The lock was lost before the webhook could be deleted.</exception>
    public async Task EnsureNoWebhookAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        WebhookInfo info = await Deadline.RunAsync(client.GetWebhookInfo, "getWebhookInfo", CallTimeout, timeProvider, cancellationToken);
        if (string.IsNullOrEmpty(info.Url))
        {
            return;
        }

        string shown = WithoutPath(info.Url);
        if (!IsOurs(info.Url) && !polling.TakeOver)
        {
            throw new ForeignWebhookException(shown);
        }

        handle.ThrowIfLost();
        Log.Deleting(logger, shown, info.PendingUpdateCount);
        await Deadline.RunAsync(DeleteAsync, "deleteWebhook", CallTimeout, timeProvider, cancellationToken);
    }

    private bool IsOurs(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? set) && set == webhook.Url;

    private async Task<bool> DeleteAsync(CancellationToken cancellationToken)
    {
        await client.DeleteWebhook(dropPendingUpdates: false, cancellationToken);
        return true;
    }

    private static string WithoutPath(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) ? $"{parsed.Scheme}://{parsed.Authority}" : "an unreadable URL";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Deleting the webhook at {Webhook} in order to poll; its {Pending} pending updates are kept.")]
        public static partial void Deleting(ILogger logger, string webhook, int pending);
    }
}
