using Azker.Core.Configuration;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Webhook.Registration;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Functions;

/// <summary>Looks after the webhook's registration, and the ledger, on <c>WEBHOOK_GUARD_SCHEDULE</c>, and when the host starts.</summary>
/// <param name="services">The services of the bot; <see cref="WebhookFunction"/> says why they are not parameters.</param>
/// <param name="options">The settings of the webhook.</param>
public sealed class WebhookGuardFunction(IServiceProvider services, WebhookOptions options)
{
    internal const string Schedule = $"%{SettingNames.WebhookGuardSchedule}%";

    private readonly ScheduledWebhookGuard _guard = services.GetRequiredService<ScheduledWebhookGuard>();
    private readonly UpdateLedgerExpiry _expiry = services.GetRequiredService<UpdateLedgerExpiry>();

    [Function("WebhookGuard")]
    public async Task RunAsync(
        [TimerTrigger(Schedule, RunOnStartup = true, UseMonitor = false)] TimerInfo timer,
        CancellationToken cancellationToken)
    {
        await (options.UseWebhook ? _guard.RunAsync(cancellationToken) : Task.CompletedTask);
        await _expiry.RunAsync(cancellationToken);
    }
}
