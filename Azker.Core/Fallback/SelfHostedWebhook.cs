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
/// Keeps the bot receiving while this program serves its webhook: registers the webhook, looks after it, polls instead when
/// it cannot be registered or Telegram cannot deliver to it, and tries again later.
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
    /// <summary>The key of the services that do not probe the target, which is this program.</summary>
    public const string ServiceKey = "self-hosted";

    /// <summary>When the webhook could not be looked at, or others receive: what is so now may pass.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private readonly WebhookHealthPolicy _policy = new();

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
        status.Mode = held is null ? null : ReceiverMode.Webhook;
        WebhookGuardResult result = held is null ? await guard.RunAsync(cancellationToken) : await guard.RunAsync(held, cancellationToken);
        if (result.IsRegistered)
        {
            return await UntilUnwellAsync(held is null ? LockPlace.Free : LockPlace.Ours, cancellationToken) is not { } unwell
                || await PollInsteadAsync(held, unwell, retryAfter: null, cancellationToken);
        }

        if (result.IsSkipped || (isServing && result.Drift.Count == 0))
        {
            TimeSpan delay = result.RetryAfter ?? LookAgain;
            if (!result.IsSkipped)
            {
                Log.NotSeen(logger, delay, result.Reason!);
            }

            await Task.Delay(delay, timeProvider, cancellationToken);
            return isServing && !result.IsSkipped;
        }

        string reason = $"the webhook could not be registered: {result.Reason}";
        return await PollInsteadAsync(held, reason, result.RetryAfter ?? TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Watches how Telegram delivers, until the registration is to be looked after again.</summary>
    /// <returns>Why polling is to take the webhook's place; <see langword="null"/> when it is not.</returns>
    private async Task<string?> UntilUnwellAsync(LockPlace place, CancellationToken cancellationToken)
    {
        long start = timeProvider.GetTimestamp();
        while (options.Webhook.GuardInterval - timeProvider.GetElapsedTime(start) is { } left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < options.Fallback.CheckInterval ? left : options.Fallback.CheckInterval, timeProvider, cancellationToken);
            WebhookSample sample = await sampler.TakeAsync(cancellationToken);
            WebhookVerdict verdict = _policy.Judge(sample);
            if (verdict.Condition == WebhookCondition.Missing)
            {
                return null;
            }

            var situation = new FallbackSituation
            {
                Webhook = verdict,
                Target = sample.Target.State,
                Lock = place,
                Grace = options.Fallback.Grace,
            };
            if (FallbackDecision.Decide(situation) is FallbackAction.Poll or FallbackAction.TakeLock)
            {
                return verdict.Reason;
            }
        }

        return null;
    }

    /// <returns>Whether the webhook receives again.</returns>
    private async Task<bool> PollInsteadAsync(IInstanceLockHandle? held, string reason, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        if (held is not null)
        {
            await polling.RunAsync(held, reason, retryAfter, cancellationToken);
            return true;
        }

        try
        {
            await using IInstanceLockHandle? taken = await instanceLock.TryAcquireAsync(cancellationToken);
            if (taken is not null)
            {
                await polling.RunAsync(taken, reason, retryAfter, cancellationToken);
                return true;
            }
        }
        catch (InstanceLockLostException error)
        {
            Log.PollingEnded(logger, error.Message);
        }
        catch (InstanceLockException error) when (!error.IsPermission)
        {
            Log.PollingEnded(logger, error.Message);
        }

        await Task.Delay(LookAgain, timeProvider, cancellationToken);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Warning, "The webhook could not be looked at, and goes on as it is; the next look follows in {Delay}. Reason: {Reason}")]
        public static partial void NotSeen(ILogger logger, TimeSpan delay, string reason);

        [LoggerMessage(4, LogLevel.Error, "This instance does not poll in the webhook's place. {Reason}")]
        public static partial void PollingEnded(ILogger logger, string reason);
    }
}
