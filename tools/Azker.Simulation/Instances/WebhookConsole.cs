using Azker.Core.Configuration;
using Azker.Core.Fallback;
using Azker.Simulation.BotApi;

namespace Azker.Simulation.Instances;

/// <summary>A console with <c>WEBHOOK_LISTEN</c>, which serves the webhook itself and takes the lock only to register and to poll.</summary>
internal sealed class WebhookConsole(Site site, TimeSpan guardInterval, FallbackTimes fallback) : IRole
{
    public IEnumerable<(string Name, string Value)> Settings =>
    [
        (SettingNames.UseWebhook, "true"),
        (SettingNames.WebhookUrl, site.Url),
        (SettingNames.WebhookListen, "http://127.0.0.1:8080"),
        (SettingNames.WebhookGuardInterval, FormattableString.Invariant($"{guardInterval.TotalSeconds}")),
        .. fallback.Settings,
    ];

    public async Task RunAsync(InstanceProcess process, CancellationToken stoppingToken)
    {
        var server = new CoreWebhookServer(process);
        site.Add(server);
        try
        {
            await process.Get<SelfHostedWebhook>().RunAsync(held: null, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            await server.StopAsync(process.Get<DeliveryOptions>().ShutdownTimeout);
        }
    }
}
