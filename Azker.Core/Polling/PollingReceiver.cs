using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Locking;
using Azker.Core.Status;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Polling;

/// <summary>Receives updates by long polls while it holds the receiver lock.</summary>
internal sealed partial class PollingReceiver(
    UpdatePoll poll,
    PollingPrecondition precondition,
    UpdateDelivery delivery,
    RejectionCheck rejections,
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
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);

    /// <summary>How often the parked updates of instances that ended are looked for.</summary>
    private static readonly TimeSpan ResumeInterval = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Polls until a stop is requested. Then it finishes the updates in flight, within <c>SHUTDOWN_TIMEOUT</c>, and confirms
    /// them to Telegram. The caller releases the lock afterwards.
    /// </summary>
    /// <param name="handle">The receiver lock. Once it is lost, nothing is sent and no update is handled.</param>
    /// <param name="stoppingToken">Requests the graceful stop.</param>
    /// <exception cref="InstanceLockLostException">The lock was lost.</exception>
    /// <exception cref="ForeignWebhookException">A webhook that is not ours is set; it was not changed.</exception>
    /// <exception cref="BotApiRejectedException">The Bot API server does not serve this bot.</exception>
    public async Task RunAsync(IInstanceLockHandle handle, CancellationToken stoppingToken)
    {
        using var abandon = new CancellationTokenSource();
        using var handling = CancellationTokenSource.CreateLinkedTokenSource(handle.Lost, abandon.Token);
        using var receiving = CancellationTokenSource.CreateLinkedTokenSource(handle.Lost, stoppingToken);
        var window = new PollWindow();
        var inFlight = new InFlightUpdates(delivery, window, status, handle, receiving.Token, handling.Token);
        Log.Started(logger, options.Bot.Token.BotId, handle.Holder.Epoch);
        // The status may still show another way of receiving.
        status.ReceivingEnded();
        try
        {
            await ReceiveAsync(handle, window, inFlight, receiving.Token);
            handle.ThrowIfLost();
        }
        finally
        {
            status.ReceivingEnded();

            // After a failure too, the next receiver gets the updates that wait for another attempt.
            receiving.Cancel();

            // This is not awaited: it only tells a standby to be ready, and the release ends it.
            _ = handle.AnnounceDrainingAsync(CancellationToken.None);
            await DrainAsync(inFlight, abandon);
        }

        await ConfirmAsync(handle, window);
        Log.Stopped(logger, options.Bot.Token.BotId);
    }

    private async Task ReceiveAsync(IInstanceLockHandle handle, PollWindow window, InFlightUpdates inFlight, CancellationToken cancellationToken)
    {
        var recovery = new PollRecovery(rejections, status, timeProvider, random, logger);
        var pacer = new PollPacer();
        bool hasNoWebhook = false;
        long? resumedAt = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!hasNoWebhook)
                {
                    await precondition.EnsureNoWebhookAsync(handle, cancellationToken);
                    hasNoWebhook = true;
                    rejections.Succeeded();
                    ReportFirstExchange();
                }

                if (resumedAt is null || timeProvider.GetElapsedTime(resumedAt.Value) >= ResumeInterval)
                {
                    await inFlight.ResumeAsync();
                    resumedAt = timeProvider.GetTimestamp();
                }

                long sentAt = timeProvider.GetTimestamp();
                bool hasNewUpdates = await poll.RunAsync(handle, window, inFlight, cancellationToken);
                TimeSpan took = timeProvider.GetElapsedTime(sentAt);
                recovery.Succeeded();
                await PauseAsync(window, inFlight, cancellationToken);
                await PaceAsync(pacer, hasNewUpdates || inFlight.Any, took, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
            catch (BotApiException error)
            {
                hasNoWebhook &= error.Fault.Kind != BotApiFaultKind.Conflict;
                await recovery.FailedAsync(error.Fault, cancellationToken);
            }
        }
    }

    /// <summary>Reports the instance as receiving before the first poll ends, which may take its whole timeout; not after a fault.</summary>
    private void ReportFirstExchange()
    {
        if (status.Fault is null)
        {
            status.ExchangeSucceeded();
        }
    }

    /// <summary>
    /// Waits for the updates in flight, so that the next poll can confirm them; not longer than 1 s, so that slow updates of one
    /// chat do not delay those of others. Slow updates that fill half of the window are parked.
    /// </summary>
    private async Task PauseAsync(PollWindow window, InFlightUpdates inFlight, CancellationToken cancellationToken)
    {
        await inFlight.WaitUntilKeptAsync().WaitAsync(MaxPause, timeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (inFlight.Any && window.IsHalfFull && !cancellationToken.IsCancellationRequested)
        {
            await inFlight.ParkAsync();
        }
    }

    private async Task PaceAsync(PollPacer pacer, bool isBusy, TimeSpan took, CancellationToken cancellationToken)
    {
        TimeSpan pause = pacer.Next(isBusy, took);
        if (pacer.HasJustSlowedDown)
        {
            Log.AnsweredAtOnce(logger);
        }

        await Task.Delay(pause, timeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task DrainAsync(InFlightUpdates inFlight, CancellationTokenSource abandon)
    {
        Task all = inFlight.WaitForAllAsync();
        try
        {
            await all.WaitAsync(options.Delivery.ShutdownTimeout, timeProvider, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Log.Abandoning(logger, options.Delivery.ShutdownTimeout.TotalSeconds);
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
            await poll.ConfirmAsync(handle, window);
        }
        catch (BotApiException error) when (options.Delivery.Ledger is UpdateLedgerKind.File or UpdateLedgerKind.Table)
        {
            Log.LeftToLedger(logger, error.Fault.Description);
        }
        catch (BotApiException error)
        {
            Log.NotConfirmed(logger, error.Fault.Description);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "Polling for bot {BotId}, in epoch {Epoch}.")]
        public static partial void Started(ILogger logger, long botId, long epoch);

        [LoggerMessage(2002, LogLevel.Information, "Stopped polling for bot {BotId}.")]
        public static partial void Stopped(ILogger logger, long botId);

        [LoggerMessage(2003, LogLevel.Warning, "Handlers still run after {ShutdownTimeout:0.###} s (SHUTDOWN_TIMEOUT). They are cancelled, and their updates are delivered again.")]
        public static partial void Abandoning(ILogger logger, double shutdownTimeout);

        [LoggerMessage(2004, LogLevel.Warning, "{Fault} The last handled updates could not be confirmed to Telegram, so Telegram may deliver them again.")]
        public static partial void NotConfirmed(ILogger logger, string fault);

        [LoggerMessage(2005, LogLevel.Warning, "getUpdates is answered at once without a new update, again and again. Polling slows down to 1 call per second. Check whether the Bot API server, or a proxy in front of it, holds long polls.")]
        public static partial void AnsweredAtOnce(ILogger logger);

        [LoggerMessage(2006, LogLevel.Information, "{Fault} The last handled updates could not be confirmed to Telegram. If Telegram delivers them again, the ledger skips them.")]
        public static partial void LeftToLedger(ILogger logger, string fault);
    }
}
