using Azker.Core.Configuration;
using Azker.Core.Fallback;
using Azker.Core.Locking;
using Azker.Core.Webhook.Registration;
using Azker.PollingFallback.Web;
using Microsoft.Extensions.Logging;

namespace Azker.PollingFallback.Hosting;

/// <summary>
/// A run that serves the webhook itself: it listens, takes the lock, keeps the webhook registered, and in the end finishes
/// what is in hand, removes the webhook where nobody is left to receive, and releases.
/// </summary>
internal sealed partial class WebhookRun(
    ReceiverLock receiverLock,
    IInstanceLock instanceLock,
    HttpFront front,
    SelfHostedWebhook keeper,
    WebhookRemoval removal,
    AzkerOptions options,
    ILogger<WebhookRun> logger) : IConsoleRun
{
    /// <summary>A lock on this host is held as long as the run; one that other hosts share is left to their fallbacks.</summary>
    private readonly bool _isLocal = !options.Storage.IsConfigured;

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await front.StartAsync(servesWebhook: true, stoppingToken);
            Log.Serving(logger, string.Join(" and ", front.Addresses), options.Webhook.Path, WithoutUserInfo(options.Webhook.Url!));
            await (_isLocal ? ServeHoldingAsync(stoppingToken) : ServeSharingAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.StoppedWaiting(logger);
        }
        finally
        {
            await front.StopAsync(TimeSpan.Zero);
        }
    }

    private async Task ServeHoldingAsync(CancellationToken stoppingToken)
    {
        await using IInstanceLockHandle handle = await receiverLock.TakeAsync(stoppingToken);
        await keeper.RunAsync(handle, stoppingToken);
        await FinishAsync();
        if (options.Webhook.DeleteOnShutdown ?? true)
        {
            await removal.RunAsync(handle, CancellationToken.None);
        }
    }

    private async Task ServeSharingAsync(CancellationToken stoppingToken)
    {
        await keeper.RunAsync(held: null, stoppingToken);
        await FinishAsync();
        if (options.Webhook.DeleteOnShutdown == true)
        {
            await using IInstanceLockHandle? handle = await instanceLock.TryAcquireAsync(CancellationToken.None);
            await (handle is null ? Task.CompletedTask : removal.RunAsync(handle, CancellationToken.None));
        }
    }

    private async Task FinishAsync()
    {
        Log.Finishing(logger);
        await front.StopAsync(options.Delivery.ShutdownTimeout);
    }

    /// <summary>Telegram sends the user name and password of a URL along; they are nobody else's.</summary>
    private static string WithoutUserInfo(Uri url) => $"{url.Scheme}://{url.Authority}{url.AbsolutePath}";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Mode: webhook. Serving it at {Addresses}, path {Path}, for Telegram to call {Url}.")]
        public static partial void Serving(ILogger logger, string addresses, string path, string url);

        [LoggerMessage(2, LogLevel.Information, "Stopping: no more requests are accepted, those in hand are finished.")]
        public static partial void Finishing(ILogger logger);

        [LoggerMessage(3, LogLevel.Information, "Stopped while waiting for the receiver lock.")]
        public static partial void StoppedWaiting(ILogger logger);
    }
}
