using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Health;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Webhook;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Receiving;

/// <summary>
/// Keeps the bot receiving while this program serves its webhook: registers the webhook, looks after it, polls instead when
/// it cannot be registered, and tries again later.
/// </summary>
public sealed partial class WebhookKeeper
{
    /// <summary>When the webhook could not be looked at: it may be well all the same.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private readonly WebhookGuard _guard;
    private readonly PollingReceiver _poller;
    private readonly IInstanceLock _instanceLock;
    private readonly WebhookOptions _options;
    private readonly ReceiverStatus _status;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<WebhookKeeper> _logger;
    private readonly Backoff _retry;

    internal WebhookKeeper(
        WebhookGuard guard,
        PollingReceiver poller,
        IInstanceLock instanceLock,
        WebhookOptions options,
        ReceiverStatus status,
        TimeProvider timeProvider,
        Random random,
        ILogger<WebhookKeeper> logger)
    {
        (_guard, _poller, _instanceLock, _options, _status, _timeProvider, _logger) =
            (guard, poller, instanceLock, options, status, timeProvider, logger);
        _retry = new Backoff(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10), random);
    }

    /// <summary>Keeps the bot receiving until it is told to stop. The webhook stays registered.</summary>
    /// <param name="held">
    /// The receiver lock, when this program holds it as long as it serves; <see langword="null"/> to take it only for
    /// registering and polling, so that a fallback elsewhere can take over while this program runs.
    /// </param>
    /// <param name="stoppingToken">Asks for the stop.</param>
    /// <exception cref="InstanceLockLostException">The lock was lost.</exception>
    /// <exception cref="ForeignWebhookException">Polling instead would have taken the updates from somebody else's webhook.</exception>
    /// <exception cref="BotApiRejectedException">The Bot API server answered 401, 404 or 421.</exception>
    public async Task RunAsync(IInstanceLockHandle? held, CancellationToken stoppingToken)
    {
        using var receiving = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, held?.Lost ?? CancellationToken.None);
        try
        {
            bool isServing = false;
            while (!receiving.IsCancellationRequested)
            {
                isServing = await KeepAsync(held, isServing, receiving.Token);
            }
        }
        catch (OperationCanceledException) when (receiving.IsCancellationRequested)
        {
        }

        held?.ThrowIfLost();
    }

    /// <summary>One round: a look, and what follows from it.</summary>
    /// <returns>Whether the webhook receives.</returns>
    private async Task<bool> KeepAsync(IInstanceLockHandle? held, bool isServing, CancellationToken cancellationToken)
    {
        _status.Mode = held is null ? null : ReceiverMode.Webhook;
        WebhookGuardResult result = held is null ? await _guard.RunAsync(cancellationToken) : await _guard.RunAsync(held, cancellationToken);
        if (result.IsRegistered)
        {
            _retry.Reset();
            await WaitAsync(_options.GuardInterval, cancellationToken);
            return true;
        }

        bool isLeft = result.Outcome == WebhookGuardOutcome.LeftToPoller;
        if (isLeft || (isServing && result.Drift.Count == 0))
        {
            TimeSpan delay = result.RetryAfter ?? (isLeft ? _options.GuardInterval : LookAgain);
            if (held is not null)
            {
                Log.NotSeen(_logger, delay, result.Reason!);
            }

            await WaitAsync(delay, cancellationToken);
            return isServing && !isLeft;
        }

        await PollInsteadAsync(held, result, cancellationToken);
        return false;
    }

    private async Task PollInsteadAsync(IInstanceLockHandle? held, WebhookGuardResult failure, CancellationToken cancellationToken)
    {
        TimeSpan delay = NextDelay(failure.RetryAfter);
        Log.PollingInstead(_logger, delay, failure.Reason!);
        await using IInstanceLockHandle? taken = held is null ? await _instanceLock.AcquireAsync(waitingFor: null, cancellationToken) : null;
        _status.Mode = ReceiverMode.Polling;
        using var retry = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task polling = _poller.RunAsync((held ?? taken)!, retry.Token);
        await Task.WhenAny(polling, UntilWorthTryingAsync(delay, retry.Token));
        retry.Cancel();
        await polling;
    }

    /// <summary>Polling goes on while our own checks say that registering cannot succeed.</summary>
    private async Task UntilWorthTryingAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        while (await WaitAsync(delay, cancellationToken) && await _guard.FindFaultAsync(cancellationToken) is { } fault)
        {
            delay = NextDelay(null);
            Log.StillPolling(_logger, delay, fault);
        }
    }

    private TimeSpan NextDelay(TimeSpan? retryAfter)
    {
        TimeSpan own = _retry.Next();
        return retryAfter > own ? retryAfter.Value : own;
    }

    private async Task<bool> WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        await Task.Delay(delay, _timeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The webhook could not be registered, so the bot polls instead; the next try follows in {Delay}. Reason: {Reason}")]
        public static partial void PollingInstead(ILogger logger, TimeSpan delay, string reason);

        [LoggerMessage(2, LogLevel.Information, "The webhook still cannot be registered, so polling goes on; the next try follows in {Delay}. Reason: {Reason}")]
        public static partial void StillPolling(ILogger logger, TimeSpan delay, string reason);

        [LoggerMessage(3, LogLevel.Warning, "The webhook could not be looked at, and goes on as it is; the next look follows in {Delay}. Reason: {Reason}")]
        public static partial void NotSeen(ILogger logger, TimeSpan delay, string reason);
    }
}
