using System.Diagnostics.Metrics;
using System.Net;
using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Delivery.Blobs;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Delivery.Parking;
using Azker.Core.Delivery.Storage;
using Azker.Core.Fallback;
using Azker.Core.Handling;
using Azker.Core.Handling.Commands;
using Azker.Core.Handling.Errors;
using Azker.Core.Health;
using Azker.Core.Infrastructure;
using Azker.Core.Instances;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Locking.Machine;
using Azker.Core.Locking.OsLock;
using Azker.Core.Locking.PidFile;
using Azker.Core.Overview;
using Azker.Core.Polling;
using Azker.Core.Status;
using Azker.Core.Telemetry;
using Azker.Core.Webhook;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Azker.Core.Hosting;

/// <summary>Registers the services of one bot, which have a container of their own.</summary>
internal static class ReceiverServices
{
    /// <summary>Adds all services that receive a bot's updates, except the handlers.</summary>
    /// <param name="services">The container's services, with logging.</param>
    /// <param name="options">The options, complete and valid.</param>
    public static IServiceCollection AddReceiver(this IServiceCollection services, AzkerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton(new ParkingLimits());
        services.TryAddSingleton(IdleHost.Find(Environment.GetEnvironmentVariable));
        services.TryAddSingleton(new HandlerLifetime(CancellationToken.None));
        services.TryAddSingleton<IParkedUpdateQueue, NoParkedUpdateQueue>();
        services.TryAddSingleton<BotHandlers>();
        services.TryAddSingleton(new BotCommandList(() => []));
        services.TryAddScoped<WebhookReply>();
        return services
            .AddOptionsOfAzker(options)
            .AddTelemetry(options)
            .AddSingleton(provider => new AddressRace(provider.GetRequiredService<DnsLookup>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<ITelegramBotClient>(provider => BotApiClients.ForHandlers(options.Bot, options.Network, provider.GetRequiredService<AddressRace>(), provider.GetRequiredService<ILogger<ChatMigrationHandler>>()))
            .AddKeyedSingleton<ITelegramBotClient>(BotApiClients.Receiving, (provider, _) => BotApiClients.ForReceiving(options.Bot, options.Network, provider.GetRequiredService<AddressRace>()))
            .AddLedger(options)
            .AddStores(options)
            .AddSingleton(provider => CreateStatus(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ReceiverMetrics>()))
            .AddSingleton<RunningUpdates>()
            .AddSingleton<IRunningUpdates>(provider => provider.GetRequiredService<RunningUpdates>())
            .AddSingleton<UpdateDispatcher>()
            .AddSingleton<ErrorClassifier>()
            .AddSingleton<ReceiverLock>()
            .AddSingleton<BotHousekeeping>()
            .AddSingleton<GuardRuns>()
            .AddSingleton<StorageSummary>()
            .AddSingleton<NetworkSummary>()
            .AddSingleton(provider => new SecretMask([.. options.Secrets, provider.GetRequiredService<SecretToken>().Reveal()]))
            .AddSingleton<DeadLetterArchive>()
            .AddSingleton<DeadLetterReplay>()
            .AddSingleton<DeadLetterRetention>()
            .AddSingleton<AttemptPolicy>()
            .AddSingleton<UpdateAttempts>()
            .AddSingleton<LateReplies>()
            .AddSingleton<HandlerSlots>()
            .AddSingleton<DeliveryLoop>()
            .AddSingleton<ParkedUpdates>()
            .AddSingleton<ParkedLanes>()
            .AddSingleton<ParkedRuns>()
            .AddSingleton<ParkedUpdateScan>()
            .AddSingleton<DeliveryTelemetry>()
            .AddSingleton<UpdateDelivery>()
            .AddSingleton<DropPendingOrder>()
            .AddSingleton<PollingPrecondition>()
            .AddSingleton<RejectionCheck>()
            .AddSingleton<LedgerCheck>()
            .AddSingleton<CertificateWatch>()
            .AddSingleton<BotServerSession>()
            .AddSingleton<ReceiverPeriodWriter>()
            .AddSingleton<InstanceHeartbeat>()
            .AddSingleton<ReceiverTimeline>()
            .AddSingleton<LockReader>()
            .AddSingleton<WebhookReader>()
            .AddTransient<StatusReader>()
            .AddSingleton<UpdatePoll>()
            .AddSingleton<PollingReceiver>()
            .AddWebhookOfAzker(options);
    }

    private static IServiceCollection AddOptionsOfAzker(this IServiceCollection services, AzkerOptions options) => services
        .AddSingleton(options)
        .AddSingleton(options.Bot)
        .AddSingleton(options.Network)
        .AddSingleton(options.Webhook)
        .AddSingleton(options.Polling)
        .AddSingleton(options.Fallback)
        .AddSingleton(options.Delivery)
        .AddSingleton(options.Storage)
        .AddSingleton(options.Lock);

    private static IServiceCollection AddTelemetry(this IServiceCollection services, AzkerOptions options) => services
        .AddSingleton(provider => new BotMeter(options.Bot.Token.BotId, provider.GetService<IMeterFactory>()))
        .AddSingleton<UpdateMetrics>()
        .AddSingleton<ReceiverMetrics>()
        .AddSingleton<UpdateSpans>();

    /// <summary>Creates the status at its first use, when the process may have been running for long. The clock of a test says nothing about the process.</summary>
    private static ReceiverStatus CreateStatus(TimeProvider timeProvider, ReceiverMetrics metrics)
    {
        TimeSpan age = timeProvider == TimeProvider.System ? timeProvider.GetUtcNow() - ProcessIdentity.CurrentStart : TimeSpan.Zero;
        return new ReceiverStatus(timeProvider, age > TimeSpan.Zero ? age : TimeSpan.Zero, metrics);
    }

    private static IServiceCollection AddStores(this IServiceCollection services, AzkerOptions options) =>
        options.Storage.IsConfigured ? services.AddAzureStorage(options) : services.AddFiles();

    private static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddLock<PidFileLock>()
        .AddSingleton<IDeadLetterStore, DeadLetterFiles>()
        .AddSingleton<IParkedUpdateStore, ParkedUpdateFiles>()
        .AddSingleton<IInstanceRecordStore, InstanceFiles>()
        .AddSingleton<IReceiverPeriodStore, ReceiverPeriodFiles>()
        .AddSingleton<IReceiverRecordStore, ReceiverRecordFile>();

    private static IServiceCollection AddAzureStorage(this IServiceCollection services, AzkerOptions options)
    {
        services.TryAddSingleton(_ => BlobLeaseClients.Create(options.Storage, options.Lock.AttemptTimeout));
        services.TryAddKeyedSingleton(DataBlobs.ServiceKey, (_, _) => DataBlobs.Create(options.Storage));
        services.TryAddSingleton(provider => BlobLeaseClock.For(provider.GetRequiredService<TimeProvider>()));
        return services
            .AddLock<BlobLeaseLock>()
            .AddSingleton<IDeadLetterStore, DeadLetterBlobs>()
            .AddSingleton<IParkedUpdateStore, ParkedUpdateBlobs>()
            .AddSingleton<IInstanceRecordStore, InstanceBlobs>()
            .AddSingleton<IReceiverPeriodStore, ReceiverPeriodBlobs>()
            .AddSingleton<IReceiverRecordStore, ReceiverRecordBlob>();
    }

    /// <summary>Adds the receiver lock. A host that receives in the background holds the lock of the machine with it.</summary>
    private static IServiceCollection AddLock<TLock>(this IServiceCollection services)
        where TLock : class, IInstanceLock => services
        .AddSingleton<TLock>()
        .AddSingleton<IInstanceLock>(provider => new MeteredLock(OfMachine(provider.GetRequiredService<TLock>(), provider), provider.GetRequiredService<ReceiverMetrics>()));

    private static IInstanceLock OfMachine(IInstanceLock instanceLock, IServiceProvider provider) => provider.GetService<IMachineMarks>() is { } marks
        ? ActivatorUtilities.CreateInstance<MachineLock>(provider, instanceLock, marks)
        : instanceLock;

    /// <summary>Adds the ledger by its own setting: with a storage account too, it can be in memory or in a file.</summary>
    private static IServiceCollection AddLedger(this IServiceCollection services, AzkerOptions options)
    {
        switch (options.Delivery.Ledger)
        {
            case UpdateLedgerKind.Memory:
                services.TryAddSingleton<IUpdateLedger, MemoryLedger>();
                break;
            case UpdateLedgerKind.File:
                services.TryAddSingleton<IUpdateLedger, SqliteLedger>();
                break;
            default:
                services.TryAddSingleton(_ => TableLedgerClients.Create(options.Storage, options.Bot.Token.BotId, TableLedger.AttemptTimeout));
                services.TryAddSingleton<IUpdateLedger, TableLedger>();
                break;
        }

        return services
            .AddSingleton<LocalDatabase>()
            .AddSingleton<LedgerStatus>()
            .AddSingleton<LedgerClient>()
            .AddSingleton<UpdateLedgerExpiry>();
    }

    private static IServiceCollection AddWebhookOfAzker(this IServiceCollection services, AzkerOptions options)
    {
        services.TryAddSingleton<DnsLookup>(_ => Dns.GetHostAddressesAsync);
        return services
            .AddSingleton(_ => SecretToken.Create(options.Webhook, options.Bot.Token))
            .AddSingleton<WebhookTarget>()
            .AddSingleton<WebhookRegistration>()
            .AddSingleton<WebhookDrift>()
            .AddSingleton<ReceiverRecordWriter>()
            .AddSingleton<WebhookReceiver>()
            .AddSingleton<WebhookGuard>()
            .AddSingleton<ScheduledWebhookGuard>()
            .AddSingleton<WebhookRemoval>()
            .AddSingleton<ITargetProbe, HttpTargetProbe>()
            .AddSingleton<WebhookSampler>()
            .AddSingleton<FallbackPolling>()
            .AddKeyedSingleton(SelfHostedWebhook.ServiceKey, WithoutProbing<WebhookSampler>)
            .AddKeyedSingleton(SelfHostedWebhook.ServiceKey, WithoutProbing<FallbackPolling>)
            .AddSingleton<SelfHostedWebhook>()
            .AddSingleton<WebhookFallback>()
            .AddSingleton<HealthReporter>();
    }

    /// <summary>Makes a service of a program that serves the webhook itself, and so need not probe it.</summary>
    private static T WithoutProbing<T>(IServiceProvider services, object? key) =>
        ActivatorUtilities.CreateInstance<T>(services, new AlwaysHealthyProbe());
}
