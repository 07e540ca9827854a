using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Locking;
using Azker.Core.Status;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Polling;

/// <summary>Receives updates by long polls, as long as the receiver lock is held.</summary>
internal sealed partial class PollingReceiver(
    UpdatePoll poll,
    PollingPrecondition clearance,
    UpdateDelivery delivery,
    AzkerOptions options,
    ReceiverStatus status,
    TimeProvider timeProvider,
    Random random,
    ILogger<PollingReceiver> logger)
{
    /// <summary>
    /// Above the 0.5 s within which a Bot API server answers a repeated offset with one update only
    /// (tdlib/telegram-bot-api, Client.cpp, process_get_updates_query).
    /// </summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Polls until it is told to stop. Then it finishes what is in hand, within <c>SHUTDOWN_TIMEOUT</c>, and confirms it
    /// to Telegram; the caller releases the lock after that.
    /// </summary>
    /// <param name="handle">The receiver lock. Nothing is sent, and nothing handled, once it is lost.</param>
    /// <param name="stoppingToken">Asks for the graceful stop.</param>
    /// <exception cref="InstanceLockLostException">The lock was lost.</exception>
    /// <exception cref="ForeignWebhookException">A webhook that is not ours is set, and was left alone.</exception>
    /// <exception cref="BotApiRejectedException">The Bot API server answered 401, 404 or 421.</exception>
    public async Task RunAsync(IInstanceLockHandle handle, CancellationToken stoppingToken)
    {
        using var abandon = new CancellationTokenSource();
        using var handling = CancellationTokenSource.CreateLinkedTokenSource(handle.Lost, abandon.Token);
        using var receiving = CancellationTokenSource.CreateLinkedTokenSource(handle.Lost, stoppingToken);
        var window = new PollWindow();
        var inFlight = new InFlightUpdates(delivery, window, status, handle, receiving.Token, handling.Token);
        Log.Started(logger, options.Bot.Token.BotId, handle.Holder.Epoch);
        // What was received before was received in another way.
        status.ReceivingEnded();
        try
        {
            await ReceiveAsync(handle, window, inFlight, receiving.Token);
            handle.ThrowIfLost();
        }
        finally
        {
            status.ReceivingEnded();

            // Whatever ended it: what waits for another attempt is left to the next receiver.
            receiving.Cancel();

            // Not waited for: it only lets a standby be ready, and the release ends it.
            _ = handle.AnnounceDrainingAsync(CancellationToken.None);
            await DrainAsync(inFlight, abandon);
        }

        await ConfirmAsync(handle, window);
        Log.Stopped(logger, options.Bot.Token.BotId);
    }

    private async Task ReceiveAsync(IInstanceLockHandle handle, PollWindow window, InFlightUpdates inFlight, CancellationToken cancellationToken)
    {
        var recovery = new PollRecovery(options.Bot, status, timeProvider, random, logger);
        bool isCleared = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!isCleared)
                {
                    await clearance.EnsureNoWebhookAsync(handle, cancellationToken);
                    isCleared = true;
                    ReportFirstExchange();
                }

                await poll.RunAsync(handle, window, inFlight, cancellationToken);
                recovery.Succeeded();
                await PauseAsync(inFlight, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
            catch (BotApiException error)
            {
                isCleared &= error.Fault.Kind != BotApiFaultKind.Conflict;
                await recovery.FailedAsync(error.Fault, cancellationToken);
            }
        }
    }

    /// <summary>The first poll may take its whole time; health need not wait for it, unless something went wrong before.</summary>
    private void ReportFirstExchange()
    {
        if (status.Fault is null)
        {
            status.ExchangeSucceeded();
        }
    }

    /// <summary>
    /// Waits for what is in hand, so that the next poll can confirm it; but not long, since slow updates of one chat must
    /// not hold back those of others.
    /// </summary>
    private async Task PauseAsync(InFlightUpdates inFlight, CancellationToken cancellationToken) =>
        await inFlight.WaitForAllAsync().WaitAsync(LongestPause, timeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    private async Task DrainAsync(InFlightUpdates inFlight, CancellationTokenSource abandon)
    {
        Task all = inFlight.WaitForAllAsync();
        try
        {
            await all.WaitAsync(options.Delivery.ShutdownTimeout, timeProvider, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Log.Abandoning(logger, options.Delivery.ShutdownTimeout);
            abandon.Cancel();
            await all;
        }
    }

    private async Task ConfirmAsync(IInstanceLockHandle handle, PollWindow window)
    {
        if (!window.HasUnconfirmed)
        {
            return;
        }

        try
        {
            await poll.ConfirmAsync(handle, window, ConfirmTimeout);
        }
        catch (BotApiException error)
        {
            Log.NotConfirmed(logger, error.Fault.Description);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Polling for bot {BotId}, in epoch {Epoch}.")]
        public static partial void Started(ILogger logger, long botId, long epoch);

        [LoggerMessage(2, LogLevel.Information, "Stopped polling for bot {BotId}.")]
        public static partial void Stopped(ILogger logger, long botId);

        [LoggerMessage(3, LogLevel.Warning, "Updates are still in hand after {ShutdownTimeout}; they are given back to Telegram.")]
        public static partial void Abandoning(ILogger logger, TimeSpan shutdownTimeout);

        [LoggerMessage(4, LogLevel.Warning, "The last updates were handled, but this could not be confirmed to Telegram: {Fault} They may come again.")]
        public static partial void NotConfirmed(ILogger logger, string fault);
    }
}
