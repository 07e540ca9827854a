using Azker.Core.Configuration;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Webhook.Registration;
using Microsoft.Azure.Functions.Worker;

namespace Azker.Functions;

/// <summary>Looks after the webhook's registration, and the ledger, on <c>WEBHOOK_GUARD_SCHEDULE</c>, and when the host starts.</summary>
public sealed class WebhookGuardFunction(ScheduledWebhookGuard guard, UpdateLedgerExpiry expiry, WebhookOptions options)
{
    internal const string Schedule = $"%{SettingNames.WebhookGuardSchedule}%";

    [Function("WebhookGuard")]
    public async Task RunAsync(
        [TimerTrigger(Schedule, RunOnStartup = true, UseMonitor = false)] TimerInfo timer,
        CancellationToken cancellationToken)
    {
        await (options.UseWebhook ? guard.RunAsync(cancellationToken) : Task.CompletedTask);
        await expiry.RunAsync(cancellationToken);
    }
}
