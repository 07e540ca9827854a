using System.Net;
using Azker.Core.BotApi;
using Azker.Core.Delivery.Parking;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Status;
using Azker.Core.Webhook.Registration;
using Azker.Simulation.BotApi;
using Azker.Simulation.Invariants;
using Azker.Simulation.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Azker.Simulation.Rules;

/// <summary>Removes one rule from all instances: it replaces the service that keeps the rule by a service that does not.</summary>
internal sealed class RuleSwitch(Rule? without, LeaseWatch leases)
{
    public void Apply(IServiceCollection services, ProcessThread process, BotClient client)
    {
        switch (without)
        {
            case Rule.R1:
                Replace<IInstanceLock>(services, (_, inner) => new NeverLost(inner));
                break;
            case Rule.R2:
                services.AddSingleton(CreateUnlockedGuard);
                break;
            case Rule.R3:
                services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PollingPrecondition>(
                    provider, ActivatorUtilities.CreateInstance<WebhookRegistration>(provider, new BlindClient(client))));
                break;
            case Rule.R4:
                ReplaceClient(services, new HastyClient(client, () => leases.Refuses(process) is null));
                services.AddSingleton<DnsLookup>((_, _) => Task.FromResult<IPAddress[]>([NameService.Address]));
                break;
            case Rule.R5:
                ReplaceClient(services, new DeafClient(client));
                break;
            case Rule.R6:
                Replace<IInstanceLock>(services, (provider, inner) => new FailOpen(inner, provider.GetRequiredService<TimeProvider>()));
                break;
            case Rule.R7:
                Replace<IParkedUpdateStore>(services, (provider, inner) => new LateStore(inner, provider.GetRequiredService<TimeProvider>()));
                break;
        }
    }

    private static WebhookGuard CreateUnlockedGuard(IServiceProvider services) => new(
        services.GetRequiredService<WebhookRegistration>(),
        services.GetRequiredService<WebhookDrift>(),
        services.GetRequiredService<ReceiverRecordWriter>(),
        services.GetRequiredService<DropPendingOrder>(),
        services.GetRequiredService<CertificateWatch>(),
        new AlwaysFree(services.GetRequiredService<TimeProvider>()),
        services.GetRequiredService<ReceiverStatus>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<WebhookGuard>>());

    private static void ReplaceClient(IServiceCollection services, ITelegramBotClient client) =>
        services.AddKeyedSingleton(BotApiClients.Receiving, client);

    private static void Replace<T>(IServiceCollection services, Func<IServiceProvider, T, T> replace)
        where T : class
    {
        ServiceDescriptor replaced = services.Last(service => service.ServiceType == typeof(T));
        services.AddSingleton(provider => replace(provider, (T)(replaced.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, replaced.ImplementationType!))));
    }
}
