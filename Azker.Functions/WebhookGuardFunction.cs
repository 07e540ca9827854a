using Azker.Core.Configuration;
using Azker.Core.Webhook;
using Microsoft.Azure.Functions.Worker;

namespace Azker.Functions;

/// <summary>Looks after the webhook's registration on <c>WEBHOOK_GUARD_SCHEDULE</c>, and when the host starts.</summary>
public sealed class WebhookGuardFunction(WebhookGuard guard, WebhookOptions options)
{
    internal const string Schedule = $"%{SettingNames.WebhookGuardSchedule}%";

    [Function("WebhookGuard")]
    public Task RunAsync(
        [TimerTrigger(Schedule, RunOnStartup = true, UseMonitor = false)] TimerInfo timer,
        CancellationToken cancellationToken) => options.UseWebhook ? guard.RunAsync(cancellationToken) : Task.CompletedTask;
}
