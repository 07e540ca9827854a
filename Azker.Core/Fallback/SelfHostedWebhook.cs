using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Status;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Fallback;

/// <summary>
/// Keeps the bot receiving while this program serves its webhook. It registers, checks and repairs the webhook. If the webhook
/// cannot be registered or Telegram cannot deliver to it, this instance polls instead and tries the webhook again later.
/// </summary>
internal sealed partial class SelfHostedWebhook(
    WebhookGuard guard,
    [FromKeyedServices(SelfHostedWebhook.ServiceKey)] WebhookSampler sampler,
    [FromKeyedServices(SelfHostedWebhook.ServiceKey)] FallbackPolling polling,
    IInstanceLock instanceLock,
    AzkerOptions options,
    ReceiverStatus status,
    TimeProvider timeProvider,
    ILogger<SelfHostedWebhook> logger)
{
    /// <summary>The key of the services that do not probe the target, because the target is this program.</summary>
    public const string ServiceKey = "self-hosted";

    /// <summary>The delay before the next check if the webhook could not be checked, or if another instance receives.</summary>
    private static readonly TimeSpan CheckDelay = TimeSpan.FromSeconds(30);

    private readonly WebhookHealthPolicy _policy = new(options.Fallback.Grace);

    /// <summary>Keeps the bot receiving until a stop is requested. The webhook stays registered.</summary>
    /// <param name="held">
    /// The receiver lock, if this program holds it while it serves; <see langword="null"/> to take the lock only to register and
    /// to poll, so that a fallback on another machine can take over while this program runs.
    /// </param>
    /// <param name="stoppingToken">Requests the stop.</param>
    /// <exception cref="InstanceLockLostException">The lock was lost.</exception>
    /// <exception cref="ForeignWebhookException">A webhook that is not ours is set; it was not changed, and polling would take the updates from it.</exception>
    /// <exception cref="BotApiRejectedException">The Bot API server does not serve this bot.</exception>
    public async Task RunAsync(IInstanceLockHandle? held, CancellationToken stoppingToken)
    {
        using var receiving = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, held?.Lost ?? CancellationToken.None);
        try
        {
            bool isServing = false;
            while (!receiving.IsCancellationRequested)
            {
                isServing = await RunRoundAsync(held, isServing, receiving.Token);
            }
        }
        catch (OperationCanceledException) when (receiving.IsCancellationRequested)
        {
        }

        held?.ThrowIfLost();
    }

    /// <summary>Checks the webhook once, and acts on the result.</summary>
    /// <returns>Whether the webhook receives.</returns>
    private async Task<bool> RunRoundAsync(IInstanceLockHandle? held, bool isServing, CancellationToken cancellationToken)
    {
        status.Mode = held is null ? null : ReceiverMode.Webhook;
        WebhookGuardResult result = held is null ? await guard.RunAsync(cancellationToken) : await guard.RunAsync(held, cancellationToken);
        if (result.IsRegistered)
        {
            if (result.Outcome != WebhookGuardOutcome.Unchanged)
            {
                _policy.StartAgain();
            }

            return await WatchUntilUnhealthyAsync(held is null ? LockOwner.None : LockOwner.Self, cancellationToken) is not { } fault
                || await PollInsteadAsync(held, fault, retryAfter: null, cancellationToken);
        }

        if (result.IsSkipped || (isServing && result.Drift.Count == 0))
        {
            TimeSpan delay = result.RetryAfter ?? CheckDelay;
            if (!result.IsSkipped)
            {
                Log.NotChecked(logger, result.Reason!, delay.TotalSeconds);
            }

            await Task.Delay(delay, timeProvider, cancellationToken);
            return isServing && !result.IsSkipped;
        }

        string reason = $"The webhook could not be registered. {result.Reason}";
        return await PollInsteadAsync(held, reason, result.RetryAfter ?? TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Watches the deliveries of Telegram until they fail, or until the next check of the registration.</summary>
    /// <returns>The reason to poll in place of the webhook; <see langword="null"/> if there is none.</returns>
    private async Task<string?> WatchUntilUnhealthyAsync(LockOwner owner, CancellationToken cancellationToken)
    {
        long start = timeProvider.GetTimestamp();
        while (options.Webhook.GuardInterval - timeProvider.GetElapsedTime(start) is { } left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < options.Fallback.CheckInterval ? left : options.Fallback.CheckInterval, timeProvider, cancellationToken);
            WebhookSample sample = await sampler.TakeAsync(cancellationToken);
            WebhookHealth health = _policy.Assess(sample);
            if (health.Condition == WebhookCondition.Missing)
            {
                return null;
            }

            var situation = new FallbackSituation
            {
                Webhook = health,
                Target = sample.Target.State,
                Lock = owner,
                Grace = options.Fallback.Grace,
            };
            if (FallbackDecision.Decide(situation) is FallbackAction.Poll or FallbackAction.TakeLock)
            {
                return health.Reason;
            }
        }

        return null;
    }

    /// <returns>Whether the webhook receives again.</returns>
    private async Task<bool> PollInsteadAsync(IInstanceLockHandle? held, string reason, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        if (held is not null)
        {
            await PollAsync(held, reason, retryAfter, cancellationToken);
            return true;
        }

        try
        {
            await using IInstanceLockHandle? taken = await instanceLock.TryAcquireAsync(cancellationToken);
            if (taken is not null)
            {
                await PollAsync(taken, reason, retryAfter, cancellationToken);
                return true;
            }
        }
        catch (InstanceLockLostException error)
        {
            Log.NotPolling(logger, error.Message);
        }
        catch (InstanceLockException error) when (!error.IsPermission)
        {
            Log.NotPolling(logger, error.Message);
        }

        await Task.Delay(CheckDelay, timeProvider, cancellationToken);
        return false;
    }

    private async Task PollAsync(IInstanceLockHandle handle, string reason, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        await polling.RunAsync(handle, reason, retryAfter, cancellationToken);
        _policy.StartAgain();
    }

    private static partial class Log
    {
        [LoggerMessage(5023, LogLevel.Warning, "{Reason} The webhook stays registered. Checking again in {Delay:0.###} s.")]
        public static partial void NotChecked(ILogger logger, string reason, double delay);

        [LoggerMessage(5024, LogLevel.Error, "{Reason} This instance does not poll in place of the webhook.")]
        public static partial void NotPolling(ILogger logger, string reason);
    }
}
