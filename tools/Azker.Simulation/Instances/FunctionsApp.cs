using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Webhook.Registration;
using Azker.Simulation.BotApi;

namespace Azker.Simulation.Instances;

/// <summary>An instance of a Functions app: it serves the webhook, and its guard runs at the start and every 5 minutes.</summary>
internal sealed class FunctionsApp(Site site) : IRole
{
    private static readonly TimeSpan GuardInterval = TimeSpan.FromMinutes(5);

    /// <summary>For how long the host lets requests in flight run after SIGTERM.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    public IEnumerable<(string Name, string Value)> Settings => [(SettingNames.UseWebhook, "true"), (SettingNames.WebhookUrl, site.Url)];

    public async Task RunAsync(InstanceProcess process, CancellationToken stoppingToken)
    {
        var front = new CoreFront(process);
        site.Add(front);
        try
        {
            while (true)
            {
                await GuardAsync(process, stoppingToken);
                await Task.Delay(GuardInterval, process.Clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await front.StopAsync(DrainTime);
    }

    /// <summary>The host logs what an invocation throws, and goes on.</summary>
    private static async Task GuardAsync(InstanceProcess process, CancellationToken stoppingToken)
    {
        try
        {
            await process.Get<ScheduledWebhookGuard>().RunAsync(stoppingToken);
        }
        catch (Exception error) when (error is InstanceLockException or InstanceLockLostException)
        {
            process.Thread.World.Trace.Add(process.Thread.World.Now, process.Thread.Name, $"the guard failed: {error.Message}");
        }
    }
}
