using Azker.Core.Hosting;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Webhook;

/// <summary><c>webhook delete</c>: deletes the webhook, ours or not. Telegram keeps the pending updates.</summary>
internal static class DeleteWebhook
{
    public static async Task<WebhookChange> RunAsync(AzkerBot bot, bool dryRun, CancellationToken cancellationToken)
    {
        WebhookRegistration registration = bot.Receiver.GetRequiredService<WebhookRegistration>();
        RegisteredWebhook registered = await registration.GetAsync(cancellationToken);
        if (registered.IsSet && !dryRun)
        {
            ReceiverRecordWriter record = bot.Receiver.GetRequiredService<ReceiverRecordWriter>();
            await LockedCommand.RunAsync(bot, async handle =>
            {
                await registration.DeleteAsync(handle, dropPending: false, cancellationToken);
                await record.WriteReleasedAsync(handle, "deleted by hand", CancellationToken.None);
                return true;
            }, cancellationToken);
        }

        return new WebhookChange(registered.IsSet ? WebhookChange.Deleted : WebhookChange.Unchanged, dryRun, []);
    }
}
