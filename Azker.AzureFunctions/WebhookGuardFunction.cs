using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Azker.AzureFunctions;

/// <summary>Keeps the webhook registered and the ledger small, on <c>WEBHOOK_GUARD_SCHEDULE</c> and when the host starts.</summary>
/// <param name="bot">The bot.</param>
public sealed class WebhookGuardFunction(AzkerBot bot)
{
    internal const string Schedule = $"%{SettingNames.WebhookGuardSchedule}%";

    /// <summary>Runs the guard.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="cancellationToken">Is cancelled when the host stops.</param>
    [Function("WebhookGuard")]
    public Task RunAsync(
        [TimerTrigger(Schedule, RunOnStartup = true, UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
        bot.Guard.RunAsync(cancellationToken);
}
