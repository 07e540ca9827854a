using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Status;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Fallback;

/// <summary>
/// The fallback of a webhook that another program serves: it watches the webhook, polls in its place when the webhook does not
/// receive, and fails back when the webhook is healthy again. Any number of fallbacks may run on any machines, because only the
/// holder of the lock acts.
/// </summary>
internal sealed partial class WebhookFallback(
    WebhookSampler sampler,
    IInstanceLock instanceLock,
    FallbackPolling polling,
    AzkerOptions options,
    ReceiverStatus status,
    TimeProvider timeProvider,
    ILogger<WebhookFallback> logger)
{
    private const string Begins = "This instance begins to watch the webhook.";

    private readonly WebhookHealthPolicy _policy = new(options.Fallback.Grace);
    private (WebhookCondition Condition, string? Reason)? _lastReported;

    /// <summary>Watches, fails over and fails back until a stop is requested. Then the updates in flight are finished and confirmed.</summary>
    /// <param name="stoppingToken">Requests the stop.</param>
    /// <exception cref="ForeignWebhookException">Another webhook than <c>WEBHOOK_URL</c> is registered at the start.</exception>
    /// <exception cref="InstanceLockException">The lock cannot be used here.</exception>
    /// <exception cref="BotApiRejectedException">The Bot API server does not serve this bot.</exception>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        StandBy(Begins);
        try
        {
            await instanceLock.CheckAsync(stoppingToken);
            await ThrowIfForeignAsync(stoppingToken);
            while (true)
            {
                await using IInstanceLockHandle handle = await WatchAsync(stoppingToken);
                await ReceiveAsync(handle, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Ends the start for a foreign webhook, such as on a dev box with a wrong URL. A foreign webhook that is set later is watched, because it may be deleted again.</summary>
    private async Task ThrowIfForeignAsync(CancellationToken cancellationToken)
    {
        WebhookSample sample = await sampler.TakeAsync(cancellationToken);
        if (_policy.Assess(sample).Condition == WebhookCondition.Foreign && !options.Polling.TakeOver)
        {
            throw new ForeignWebhookException(sample.Registered!.Origin);
        }
    }

    /// <returns>The lock, as soon as it is time to poll.</returns>
    private async Task<IInstanceLockHandle> WatchAsync(CancellationToken cancellationToken)
    {
        status.Mode = null;
        StandBy(Begins);
        while (true)
        {
            FallbackSituation situation = await GetSituationAsync(cancellationToken);
            Report(situation.Webhook);
            if (await TakeLockAsync(FallbackDecision.Decide(situation), cancellationToken) is { } handle && await MustPollAsync(handle, cancellationToken))
            {
                return handle;
            }

            await Task.Delay(options.Fallback.CheckInterval, timeProvider, cancellationToken);
        }
    }

    private async Task<IInstanceLockHandle?> TakeLockAsync(FallbackAction action, CancellationToken cancellationToken)
    {
        try
        {
            switch (action)
            {
                case FallbackAction.AwaitLock:
                    IInstanceLockHandle handle = await instanceLock.AcquireAsync(ReportHolder, cancellationToken);
                    // The holder before may have set the webhook again in the meantime.
                    _policy.StartAgain();
                    return handle;
                case FallbackAction.TakeLock:
                    return await instanceLock.TryAcquireAsync(cancellationToken);
                default:
                    return null;
            }
        }
        catch (InstanceLockException error) when (!error.IsPermission)
        {
            Log.LockUnavailable(logger, error.Message.TrimEnd('.'));
            return null;
        }
    }

    /// <summary>Decides again under the lock, because another instance may have acted before. The lock is released if this instance need not poll.</summary>
    private async Task<bool> MustPollAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        bool mustPoll = false;
        try
        {
            FallbackSituation situation = await GetSituationAsync(LockOwner.Self, cancellationToken);
            Report(situation.Webhook);
            mustPoll = FallbackDecision.Decide(situation) == FallbackAction.Poll;
            return mustPoll;
        }
        finally
        {
            if (!mustPoll)
            {
                await handle.DisposeAsync();
            }
        }
    }

    private async Task ReceiveAsync(IInstanceLockHandle handle, CancellationToken stoppingToken)
    {
        status.Standby = null;
        try
        {
            await polling.RunAsync(handle, _lastReported?.Reason ?? "The webhook does not receive.", retryAfter: null, stoppingToken);
            _policy.StartAgain();
        }
        catch (InstanceLockLostException error)
        {
            // The loss is final for this handle, but not for this program: the next sample leads to a new decision.
            Log.LockLost(logger, error.Message);
        }
        catch (ForeignWebhookException error)
        {
            Log.ForeignWebhook(logger, error.Message);
        }

        _lastReported = null;
    }

    private async Task<FallbackSituation> GetSituationAsync(CancellationToken cancellationToken)
    {
        FallbackSituation situation = await GetSituationAsync(LockOwner.None, cancellationToken);
        bool isHolderRelevant = situation.IsHeldWhileServing || situation.Webhook.Condition is not (WebhookCondition.Healthy or WebhookCondition.Degraded);
        return isHolderRelevant && await instanceLock.GetHolderAsync(cancellationToken) is not null
            ? situation with { Lock = LockOwner.Other }
            : situation;
    }

    private async Task<FallbackSituation> GetSituationAsync(LockOwner owner, CancellationToken cancellationToken)
    {
        WebhookSample sample = await sampler.TakeAsync(cancellationToken);
        return new FallbackSituation
        {
            Webhook = _policy.Assess(sample),
            Target = sample.Target.State,
            Lock = owner,
            IsHeldWhileServing = !options.Storage.IsConfigured,
            MayTakeOver = options.Polling.TakeOver,
            Grace = options.Fallback.Grace,
        };
    }

    /// <summary>Says in the health report how the webhook is, and logs one line for each change.</summary>
    private void Report(WebhookHealth health)
    {
        StandBy(health.Condition == WebhookCondition.Healthy
            ? "This instance watches the webhook, which receives the updates."
            : $"This instance watches the webhook. The webhook is {health.Condition}. {health.Reason}".TrimEnd());
        if (_lastReported == (health.Condition, health.Reason))
        {
            return;
        }

        _lastReported = (health.Condition, health.Reason);
        if (health.Condition == WebhookCondition.Healthy)
        {
            Log.Healthy(logger);
        }
        else
        {
            Log.NotHealthy(logger, health.Condition, health.Reason!);
        }
    }

    private void ReportHolder(LockHolder? holder)
    {
        StandBy("Another instance holds the receiver lock. This instance waits for its release.");
        if (holder is not null)
        {
            Log.Waiting(logger, holder.ProcessId, holder.Host, holder.Since);
        }
    }

    private void StandBy(string reason) => status.Standby = new ReceiverStandby(ReceiverMode.Polling, reason);
}
