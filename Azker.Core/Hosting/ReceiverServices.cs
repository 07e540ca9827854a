using System.Net;
using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Fallback;
using Azker.Core.Handling;
using Azker.Core.Health;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Locking.PidFile;
using Azker.Core.Polling;
using Azker.Core.Status;
using Azker.Core.Webhook;
using Azker.Core.Webhook.Registration;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Telegram.Bot;

namespace Azker.Core.Hosting;

/// <summary>Registers the services of one bot, which have a container of their own.</summary>
internal static class ReceiverServices
{
    /// <summary>Adds all that receives a bot's updates, except the handlers.</summary>
    /// <param name="services">The container's services, with logging.</param>
    /// <param name="options">The options, complete and valid.</param>
    public static IServiceCollection AddReceiver(this IServiceCollection services, AzkerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton(CreateUpdateLedger);
        services.TryAddSingleton(_ => BlobLeaseClients.Create(options.Storage, options.Lock.AttemptTimeout));
        return services
            .AddOptionsOfAzker(options)
            .AddSingleton<ITelegramBotClient>(_ => BotApiClients.ForHandlers(options.Bot))
            .AddKeyedSingleton<ITelegramBotClient>(BotApiClients.Receiving, (_, _) => BotApiClients.ForReceiving(options.Bot))
            .AddSingleton(CreateInstanceLock)
            .AddSingleton<ReceiverStatus>()
            .AddSingleton<UpdateDispatcher>()
            .AddSingleton(CreateDeadLetterStore)
            .AddSingleton(CreateDeadLetterArchive)
            .AddSingleton(CreateDeadLetterReplay)
            .AddSingleton(CreateUpdateLedgerExpiry)
            .AddSingleton<LedgerStatus>()
            .AddSingleton<LedgerClient>()
            .AddSingleton<AttemptPolicy>()
            .AddSingleton<UpdateAttempts>()
            .AddSingleton<UpdateDelivery>()
            .AddSingleton<DropPendingOrder>()
            .AddSingleton<PollingPrecondition>()
            .AddSingleton<UpdatePoll>()
            .AddSingleton<PollingReceiver>()
            .AddWebhookOfAzker(options);
    }

    private static IServiceCollection AddOptionsOfAzker(this IServiceCollection services, AzkerOptions options) => services
        .AddSingleton(options)
        .AddSingleton(options.Bot)
        .AddSingleton(options.Webhook)
        .AddSingleton(options.Polling)
        .AddSingleton(options.Fallback)
        .AddSingleton(options.Delivery)
        .AddSingleton(options.Storage)
        .AddSingleton(options.Lock);

    private static IInstanceLock CreateInstanceLock(IServiceProvider services)
    {
        AzkerOptions options = services.GetRequiredService<AzkerOptions>();
        TimeProvider timeProvider = services.GetRequiredService<TimeProvider>();
        long botId = options.Bot.Token.BotId;
        return options.Storage.IsConfigured
            ? new BlobLeaseLock(
                options.Lock,
                options.Storage,
                services.GetRequiredService<BlobServiceClient>(),
                new BlobLeaseInstanceInfo(botId, mode: options.Webhook.UseWebhook ? "webhook" : "polling"),
                BlobLeaseClock.For(timeProvider),
                services.GetRequiredService<Random>(),
                services.GetRequiredService<ILogger<BlobLeaseLock>>())
            : new PidFileLock(options.Storage.DataDirectory, botId, timeProvider, services.GetRequiredService<ILogger<PidFileLock>>());
    }

    private static IUpdateLedger CreateUpdateLedger(IServiceProvider services)
    {
        AzkerOptions options = services.GetRequiredService<AzkerOptions>();
        TimeProvider timeProvider = services.GetRequiredService<TimeProvider>();
        long botId = options.Bot.Token.BotId;
        return options.Delivery.Ledger switch
        {
            UpdateLedgerKind.Memory => new MemoryLedger(timeProvider),
            UpdateLedgerKind.File => new FileLedger(
                options.Storage.DataDirectory, botId, timeProvider, services.GetRequiredService<ILogger<FileLedger>>()),
            _ => new TableLedger(TableLedgerClients.Create(options.Storage, botId, TableLedger.AttemptTimeout), timeProvider),
        };
    }

    private static UpdateLedgerExpiry CreateUpdateLedgerExpiry(IServiceProvider services) => new(
        services.GetRequiredService<IUpdateLedger>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<UpdateLedgerExpiry>>());

    private static IDeadLetterStore CreateDeadLetterStore(IServiceProvider services)
    {
        AzkerOptions options = services.GetRequiredService<AzkerOptions>();
        return options.Storage.IsConfigured
            ? new DeadLetterBlobs(
                services.GetRequiredService<BlobServiceClient>(),
                options.Lock.Container,
                options.Bot.Token.BotId,
                services.GetRequiredService<TimeProvider>())
            : new DeadLetterFiles(options.Storage);
    }

    private static DeadLetterArchive CreateDeadLetterArchive(IServiceProvider services) => new(
        services.GetRequiredService<IDeadLetterStore>(),
        services.GetRequiredService<DeliveryOptions>(),
        new SecretMask([.. services.GetRequiredService<AzkerOptions>().Secrets, services.GetRequiredService<SecretToken>().Reveal()]),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<DeadLetterArchive>>());

    private static DeadLetterReplay CreateDeadLetterReplay(IServiceProvider services) => new(
        services.GetRequiredService<DeadLetterArchive>(),
        services.GetRequiredService<IUpdateLedger>(),
        services.GetRequiredService<UpdateDispatcher>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<DeadLetterReplay>>());

    private static IServiceCollection AddWebhookOfAzker(this IServiceCollection services, AzkerOptions options)
    {
        services.TryAddSingleton<HostResolver>(_ => Dns.GetHostAddressesAsync);
        return services
            .AddSingleton(_ => SecretToken.Create(options.Webhook, options.Bot.Token))
            .AddSingleton(CreateReceiverRecordStore)
            .AddScoped<WebhookReply>()
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

    /// <summary>A program that serves the webhook itself needs no answer of its own to know that it runs.</summary>
    private static T WithoutProbing<T>(IServiceProvider services, object? key) =>
        ActivatorUtilities.CreateInstance<T>(services, new AlwaysHealthyProbe());

    private static IReceiverRecordStore CreateReceiverRecordStore(IServiceProvider services)
    {
        AzkerOptions options = services.GetRequiredService<AzkerOptions>();
        return options.Storage.IsConfigured
            ? new ReceiverRecordBlob(
                services.GetRequiredService<BlobServiceClient>(),
                options.Lock,
                services.GetRequiredService<TimeProvider>())
            : new ReceiverRecordFile(options.Storage);
    }
}
