using Azker.BlobService;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Blobs;
using Azker.Core.Fallback;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Status;
using Azker.Core.Tests.Shared;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Fallback;

/// <summary>An instance in a <see cref="FallbackWorld"/>, which may run as a fallback.</summary>
internal sealed class VirtualInstance : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly FallbackWorld _world;
    private Task _run = Task.CompletedTask;

    public VirtualInstance(FallbackWorld world, bool mayTakeOver, (string Name, string? Value)[] settings)
    {
        _world = world;
        Storage = new LeaseServiceHandler(world.Storage, world.Time);
        Services = new Services(
            [
                (SettingNames.TelegramApiUrl, world.Server.Url),
                (SettingNames.UseWebhook, "true"),
                (SettingNames.WebhookUrl, FallbackWorld.Url),
                (SettingNames.Storage, "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1/a;"),
                (SettingNames.LockFastTakeover, "false"),
                // The simulated storage has only blobs.
                (SettingNames.UpdateLedger, "memory"),
                .. settings,
            ],
            world.Time,
            options =>
            {
                options.Polling.TakeOver = mayTakeOver;
                return options;
            },
            services => services
                .AddKeyedSingleton(DataBlobs.ServiceKey, (provider, _) => DataBlobs.Create(
                    provider.GetRequiredService<StorageOptions>(), new HttpClientTransport(new HttpClient(Storage))))
                .AddLogging(logging => logging.AddProvider(Log))
                .AddSingleton(provider => BlobLeaseClients.Create(
                    provider.GetRequiredService<StorageOptions>(), TimeSpan.FromSeconds(2.5), new HttpClientTransport(new HttpClient(Storage))))
                .AddSingleton<ITargetProbe>(Target));
    }

    public Services Services { get; }

    /// <summary>The connection of this instance to the storage account.</summary>
    public LeaseServiceHandler Storage { get; }

    /// <summary>The target as this instance sees it.</summary>
    public TestTarget Target { get; } = new();

    public RecordingLoggerProvider Log { get; } = new();

    public bool IsPolling => Services.Get<ReceiverStatus>() is { Mode: ReceiverMode.Polling, IsReceiving: true };

    public long Conflicts => Services.Get<ReceiverStatus>().Conflicts;

    /// <summary>Starts the instance as the fallback of the webhook.</summary>
    public VirtualInstance Start()
    {
        _run = Services.Get<WebhookFallback>().RunAsync(_stop.Token);
        return this;
    }

    /// <summary>Stops the instance gracefully.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await _world.Until(() => _run.IsCompleted, "the instance stops");
        await _run;
    }

    /// <summary>The run of the fallback, which may end by itself.</summary>
    public Task Run => _run;

    public void ThrowIfFailed() => Assert.False(_run.IsFaulted, _run.Exception?.ToString());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _world.Time.PassUntil(() => _run.IsCompleted, "the instance stops", step: 1);
        await Services.DisposeAsync();
        _stop.Dispose();
    }
}
