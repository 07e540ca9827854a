using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Delivery.Parking;
using Azker.Core.Locking;
using Azker.Core.Webhook.Registration;
using Azker.Simulation.BotApi;
using Azker.Simulation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Simulation.Instances;

/// <summary>
/// An instance of a Functions app: it serves the webhook, runs the guard at its start and every 5 minutes, and goes on with parked
/// updates when the queue brings them back, and every minute.
/// </summary>
internal sealed class FunctionsApp(Site site, FallbackTimes fallback) : IRole
{
    private static readonly TimeSpan GuardInterval = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ParkedInterval = TimeSpan.FromMinutes(1);

    /// <summary>The time for which the host lets requests in flight run after SIGTERM.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    public IEnumerable<(string Name, string Value)> Settings =>
        [(SettingNames.UseWebhook, "true"), (SettingNames.WebhookUrl, site.Url), .. fallback.Settings];

    public void Configure(IServiceCollection services, InstanceProcess process, Bench bench) => services
        .AddSingleton(new ParkingLimits(OutlivesRequests: false))
        .AddSingleton(bench.ParkedQueue)
        .AddSingleton<IParkedUpdateQueue>(new ProcessParkedQueue(bench.ParkedQueue, process, bench.LineOf(process.Instance, bench.StorageService)));

    public async Task RunAsync(InstanceProcess process, CancellationToken stoppingToken)
    {
        var server = new CoreWebhookServer(process);
        site.Add(server);
        process.Get<ParkedQueue>().Add(process.Thread, id => process.Get<ParkedRuns>().RunAsync(id, process.Abandoned), stoppingToken);
        await Task.WhenAll(
            RepeatAsync(process, () => GuardAsync(process, stoppingToken), GuardInterval, stoppingToken),
            RepeatAsync(process, () => process.Get<ParkedRuns>().RunDueAsync(process.Abandoned), ParkedInterval, stoppingToken),
            AbandonAsync(process, stoppingToken));
        await server.StopAsync();
        await process.Get<UpdateDelivery>().StopAsync();
    }

    /// <summary>Runs a function as a timer of the host does: one run at a time.</summary>
    private static async Task RepeatAsync(InstanceProcess process, Func<Task> run, TimeSpan interval, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await run();
            await Task.Delay(interval, process.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task AbandonAsync(InstanceProcess process, CancellationToken stoppingToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, process.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        process.AbandonAfter(DrainTime);
    }

    /// <summary>Runs the guard, and logs its exception as the host logs the exception of an invocation.</summary>
    private static async Task GuardAsync(InstanceProcess process, CancellationToken stoppingToken)
    {
        try
        {
            await process.Get<ScheduledWebhookGuard>().RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception error) when (error is InstanceLockException or InstanceLockLostException)
        {
            process.Thread.World.Trace.Add(process.Thread.World.Now, process.Thread.Name, $"the guard failed: {error.Message}");
        }
    }
}
