using System.Globalization;
using Azker.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Azker.PollingFallback.Hosting;

/// <summary>
/// Tells systemd (<c>Type=notify</c>) that the console is ready when it receives, stands by or waits for Telegram to answer, that it stops,
/// and with <c>WatchdogSec</c> that it works (sd_notify(3)).
/// </summary>
internal sealed class SystemdNotifications(AzkerBot bot, ISystemdNotifier systemd, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>The limit of systemd's watchdog, in microseconds.</summary>
    private const string WatchdogVariable = "WATCHDOG_USEC";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    private bool IsReady => bot.ServesWebhook || bot.Status is { IsReceiving: true } or { Standby: not null } or { Fault: not null };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!systemd.IsEnabled)
        {
            return;
        }

        TimeProvider timeProvider = bot.Receiver.GetRequiredService<TimeProvider>();
        using CancellationTokenRegistration stopping = lifetime.ApplicationStopping.Register(() => systemd.Notify(ServiceState.Stopping));
        while (!IsReady)
        {
            await Task.Delay(Poll, timeProvider, stoppingToken);
        }

        systemd.Notify(ServiceState.Ready);
        if (WatchdogInterval() is { } interval)
        {
            while (true)
            {
                systemd.Notify(Alive);
                await Task.Delay(interval, timeProvider, stoppingToken);
            }
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, timeProvider, stoppingToken);
    }

    /// <returns>Half of the limit, as systemd asks for; <see langword="null"/> without a watchdog.</returns>
    private static TimeSpan? WatchdogInterval() =>
        long.TryParse(Environment.GetEnvironmentVariable(WatchdogVariable), CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds) / 2
            : null;
}
