using Azker.BlobService;
using Azker.Core.Configuration;
using Azker.Core.Fallback;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Status;
using Azker.Core.Tests.Shared;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Tests.Fallback;

/// <summary>One instance in a <see cref="ReceivingWorld"/>, that may run as a fallback.</summary>
internal sealed class ReceivingInstance : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ReceivingWorld _world;
    private Task _run = Task.CompletedTask;

    public ReceivingInstance(ReceivingWorld world, bool mayTakeOver, (string Name, string? Value)[] settings)
    {
        _world = world;
        Storage = new LeaseServiceHandler(world.Storage, world.Time);
        Services = new Services(
            [
                (SettingNames.TelegramApiUrl, world.Server.Url),
                (SettingNames.UseWebhook, "true"),
                (SettingNames.WebhookUrl, ReceivingWorld.Url),
                (SettingNames.Storage, "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1/a;"),
                (SettingNames.LockFastTakeover, "false"),
                // The storage here has blobs alone.
                (SettingNames.UpdateLedger, "memory"),
                .. settings,
            ],
            world.Time,
            options => options with { Polling = options.Polling with { TakeOver = mayTakeOver } },
            services => services
                .AddSingleton(provider => BlobLeaseClients.Create(
                    provider.GetRequiredService<StorageOptions>(), TimeSpan.FromSeconds(2.5), new HttpClientTransport(new HttpClient(Storage))))
                .AddSingleton<ITargetProbe>(Target));
    }

    public Services Services { get; }

    /// <summary>Its way to the storage account.</summary>
    public LeaseServiceHandler Storage { get; }

    /// <summary>What it sees of the webhook's program.</summary>
    public TestTarget Target { get; } = new();

    public bool IsPolling => Services.Get<ReceiverStatus>() is { Mode: ReceiverMode.Polling, IsReceiving: true };

    public long Conflicts => Services.Get<ReceiverStatus>().Conflicts;

    /// <summary>Begins to be the webhook's fallback.</summary>
    public ReceivingInstance Start()
    {
        _run = Services.Get<WebhookFallback>().RunAsync(_stop.Token);
        return this;
    }

    /// <summary>Ends it gracefully.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await _world.Until(() => _run.IsCompleted, "the instance stops");
        await _run;
    }

    /// <summary>Waits for its end by itself.</summary>
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
