using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Webhook.Registration;
using Azker.Simulation.BotApi;

namespace Azker.Simulation.Instances;

/// <summary>An instance of a Functions app, which serves the webhook and runs the guard at its start and every 5 minutes.</summary>
internal sealed class FunctionsApp(Site site) : IRole
{
    private static readonly TimeSpan GuardInterval = TimeSpan.FromMinutes(5);

    /// <summary>The time for which the host lets requests in flight run after SIGTERM.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    public IEnumerable<(string Name, string Value)> Settings => [(SettingNames.UseWebhook, "true"), (SettingNames.WebhookUrl, site.Url)];

    public async Task RunAsync(InstanceProcess process, CancellationToken stoppingToken)
    {
        var server = new CoreWebhookServer(process);
        site.Add(server);
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

        await server.StopAsync(DrainTime);
    }

    /// <summary>Runs the guard, and logs its exception as the host logs the exception of an invocation.</summary>
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
