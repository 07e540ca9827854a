using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Fallback;
using Azker.Core.Locking;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Hosting;

/// <summary>A run whose host serves the webhook itself: the run takes the receiver lock and keeps the webhook registered.</summary>
/// <remarks>
/// At its end the run waits for the requests in flight, removes the webhook if no instance is left to receive, and releases the lock.
/// </remarks>
internal sealed partial class WebhookRun(
    ReceiverLock receiverLock,
    SelfHostedWebhook webhook,
    WebhookRemoval removal,
    WebhookGuard guard,
    UpdateDelivery delivery,
    ParkedUpdateScan parked,
    IdleHost host,
    AzkerOptions options,
    TimeProvider timeProvider,
    ILogger<WebhookRun> logger) : IReceiverRun
{
    /// <summary>How long a stop waits for Telegram, below the 10 s that hosts give a program.</summary>
    private static readonly TimeSpan KeepLimit = TimeSpan.FromSeconds(5);

    /// <summary>The run holds a local lock until its end. It leaves a lock that other machines share to their fallbacks.</summary>
    private readonly bool _isLocal = !options.Storage.IsConfigured;

    public async Task RunAsync(Task requestsFinished, CancellationToken stoppingToken)
    {
        try
        {
            Log.Serving(logger, options.Webhook.Path, WithoutUserInfo(options.Webhook.Url!));
            await (_isLocal ? ServeHoldingAsync(requestsFinished, stoppingToken) : ServeSharingAsync(requestsFinished, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.StoppedWaiting(logger);
        }
    }

    private async Task ServeHoldingAsync(Task requestsFinished, CancellationToken stoppingToken)
    {
        await using IInstanceLockHandle handle = await receiverLock.TakeAsync(stoppingToken);
        await ServeAsync(handle, requestsFinished, stoppingToken);
        if (options.Webhook.DeleteOnShutdown ?? host.Name is null)
        {
            await removal.RunAsync(handle, CancellationToken.None);
        }
        else
        {
            await KeepAsync(token => guard.RunAsync(handle, token));
        }
    }

    /// <summary>Registers the webhook if this instance was polling in its place: otherwise nothing would start the program again.</summary>
    /// <param name="register">Registers the webhook unless it is registered, or another instance receives.</param>
    private async Task KeepAsync(Func<CancellationToken, Task<WebhookGuardResult>> register)
    {
        if (host.Name is not { } name)
        {
            return;
        }

        using var limit = new CancellationTokenSource(KeepLimit, timeProvider);
        try
        {
            WebhookGuardResult result = await register(limit.Token);
            if (result.IsRegistered || result.IsSkipped)
            {
                Log.Kept(logger, name);
            }
            else
            {
                Log.NotKept(logger, name, result.Reason!);
            }
        }
        catch (Exception error) when (error is InstanceLockLostException or InstanceLockException || (error is OperationCanceledException && limit.IsCancellationRequested))
        {
            Log.NotKept(logger, name, "Telegram or the storage account did not answer in time.");
        }
    }

    private async Task ServeSharingAsync(Task requestsFinished, CancellationToken stoppingToken)
    {
        await ServeAsync(held: null, requestsFinished, stoppingToken);
        if (options.Webhook.DeleteOnShutdown == true)
        {
            await removal.RunAsync(CancellationToken.None);
        }
        else
        {
            await KeepAsync(guard.RunAsync);
        }
    }

    private async Task ServeAsync(IInstanceLockHandle? held, Task requestsFinished, CancellationToken stoppingToken)
    {
        using var serving = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task scanning = parked.RunUntilAsync(serving.Token);
        try
        {
            await webhook.RunAsync(held, stoppingToken);
        }
        finally
        {
            serving.Cancel();
            await scanning;
        }

        Log.Finishing(logger);
        await requestsFinished;
        await delivery.StopAsync();
    }

    /// <summary>The user name and password of a URL are for Telegram only.</summary>
    private static string WithoutUserInfo(Uri url) => $"{url.Scheme}://{url.Authority}{url.AbsolutePath}";

    private static partial class Log
    {
        [LoggerMessage(7001, LogLevel.Information, "Mode: webhook. This instance serves the path {Path}; Telegram calls {Url}.")]
        public static partial void Serving(ILogger logger, string path, string url);

        [LoggerMessage(7002, LogLevel.Information, "Stopping. The server accepts no more requests and finishes the requests in flight.")]
        public static partial void Finishing(ILogger logger);

        [LoggerMessage(7004, LogLevel.Information,
            "The webhook stays registered, because {Host} starts this program again only when a request comes. To remove it at a stop, set WEBHOOK_DELETE_ON_SHUTDOWN to true.")]
        public static partial void Kept(ILogger logger, string host);

        [LoggerMessage(7005, LogLevel.Warning, "The webhook may not be registered, so that {Host} does not start this program again by itself. {Reason}")]
        public static partial void NotKept(ILogger logger, string host, string reason);

        [LoggerMessage(7003, LogLevel.Information, "Stopped while waiting for the receiver lock.")]
        public static partial void StoppedWaiting(ILogger logger);
    }
}
