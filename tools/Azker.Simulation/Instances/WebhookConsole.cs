using Azker.Core.Configuration;
using Azker.Core.Hosting;
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
        var finished = new TaskCompletionSource();
        using CancellationTokenRegistration stopping = stoppingToken.UnsafeRegister(_ => finished.TrySetResult(), null);
        await process.Create<WebhookRun>().RunAsync(FinishAsync(process, server, finished.Task), stoppingToken);
    }

    private static async Task FinishAsync(InstanceProcess process, CoreWebhookServer server, Task stopping)
    {
        await stopping;
        process.AbandonAfter(process.Get<DeliveryOptions>().ShutdownTimeout);
        await server.StopAsync();
    }
}
