using Azker.Core.Configuration;
using Azker.Core.Fallback;
using Azker.Simulation.BotApi;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Simulation.Instances;

/// <summary>A console with <c>USE_WEBHOOK=true</c> and no address to listen at: the fallback of a webhook that another program serves.</summary>
internal sealed class FallbackConsole(Site site, FallbackTimes times) : IRole
{
    public IEnumerable<(string Name, string Value)> Settings =>
        [(SettingNames.UseWebhook, "true"), (SettingNames.WebhookUrl, site.Url), .. times.Settings];

    public void Configure(IServiceCollection services, InstanceProcess process, Bench bench) =>
        services.AddSingleton<ITargetProbe>(new SimulatedProbe(site, process, bench));

    public Task RunAsync(InstanceProcess process, CancellationToken stoppingToken) =>
        process.Get<WebhookFallback>().RunAsync(stoppingToken);
}
