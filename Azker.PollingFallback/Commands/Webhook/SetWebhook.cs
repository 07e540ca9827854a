using Azker.Core.Hosting;
using Azker.Core.Overview;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.PollingFallback.Commands.Webhook;

/// <summary><c>webhook set</c>.</summary>
internal static class SetWebhook
{
    public static async Task<WebhookChange> RunAsync(AzkerBot bot, bool dryRun, CancellationToken cancellationToken)
    {
        WebhookGuard guard = bot.Receiver.GetRequiredService<WebhookGuard>();
        if (dryRun)
        {
            return await FindChangeAsync(bot, guard, cancellationToken);
        }

        WebhookGuardResult result = await LockedCommand.RunAsync(bot, handle => guard.RunAsync(handle, cancellationToken), cancellationToken);
        return result.IsRegistered
            ? new WebhookChange(result.Drift.Count == 0 ? WebhookChange.Unchanged : WebhookChange.Registered, DryRun: false, result.Drift)
            : new WebhookChange(WebhookChange.Failed, DryRun: false, result.Drift, result.Reason);
    }

    private static async Task<WebhookChange> FindChangeAsync(AzkerBot bot, WebhookGuard guard, CancellationToken cancellationToken)
    {
        WebhookReport info = await bot.Receiver.GetRequiredService<WebhookReader>().ReadAsync(cancellationToken);
        string? fault = info.Drift.Count == 0 ? null : await guard.FindFaultAsync(cancellationToken);
        return fault is null
            ? new WebhookChange(info.Drift.Count == 0 ? WebhookChange.Unchanged : WebhookChange.Registered, DryRun: true, info.Drift)
            : new WebhookChange(WebhookChange.Failed, DryRun: true, info.Drift, fault);
    }
}
