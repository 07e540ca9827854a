using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Status;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Fallback;

/// <summary>
/// The webhook's fallback: watches a webhook that another program serves, polls in its place when it does not receive, and
/// gives the updates back when it is well again. Any number of them may run, on any machines; the lock lets one act.
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
    private readonly WebhookHealthPolicy _policy = new();
    private (WebhookCondition Condition, string? Reason)? _lastReported;

    /// <summary>Watches, polls and gives back until it is told to stop. What is in hand then is finished and confirmed.</summary>
    /// <param name="stoppingToken">Asks for the stop.</param>
    /// <exception cref="ForeignWebhookException">Another webhook than <c>WEBHOOK_URL</c> is registered at the start.</exception>
    /// <exception cref="InstanceLockException">The lock cannot be used here.</exception>
    /// <exception cref="BotApiRejectedException">The Bot API server answered 401, 404 or 421.</exception>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
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

    /// <summary>A dev box with the wrong URL is told at once; one that turns up later is watched, since it may go again.</summary>
    private async Task ThrowIfForeignAsync(CancellationToken cancellationToken)
    {
        WebhookSample sample = await sampler.TakeAsync(cancellationToken);
        if (_policy.Judge(sample).Condition == WebhookCondition.Foreign && !options.Polling.TakeOver)
        {
            throw new ForeignWebhookException(sample.Registered!.Origin);
        }
    }

    /// <returns>The lock, when it is time to poll.</returns>
    private async Task<IInstanceLockHandle> WatchAsync(CancellationToken cancellationToken)
    {
        status.Mode = null;
        while (true)
        {
            FallbackSituation situation = await LookAsync(cancellationToken);
            Report(situation.Webhook);
            if (await TakeLockAsync(FallbackDecision.Decide(situation), cancellationToken) is { } handle && await MustPollAsync(handle, cancellationToken))
            {
                return handle;
            }

            await Task.Delay(options.Fallback.CheckInterval, timeProvider, cancellationToken);
        }
    }

    private async Task<IInstanceLockHandle?> TakeLockAsync(FallbackAction act, CancellationToken cancellationToken)
    {
        try
        {
            switch (act)
            {
                case FallbackAction.AwaitLock:
                    return await instanceLock.AcquireAsync(ReportHolder, cancellationToken);
                case FallbackAction.TakeLock:
                    return await instanceLock.TryAcquireAsync(cancellationToken);
                default:
                    return null;
            }
        }
        catch (InstanceLockException error) when (!error.IsPermission)
        {
            Log.LockUnusable(logger, error.Message);
            return null;
        }
    }

    /// <summary>Looks again: before the lock was ours, another instance may have been here. If there is nothing to do, the lock is given back.</summary>
    private async Task<bool> MustPollAsync(IInstanceLockHandle handle, CancellationToken cancellationToken)
    {
        bool mustPoll = false;
        try
        {
            FallbackSituation situation = await SituationAsync(LockPlace.Ours, cancellationToken);
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
        try
        {
            await polling.RunAsync(handle, _lastReported?.Reason ?? "the webhook does not receive", retryAfter: null, stoppingToken);
        }
        catch (InstanceLockLostException error)
        {
            // Final for this handle, but not for this program: the next look decides anew.
            Log.LockLost(logger, error.Message);
        }
        catch (ForeignWebhookException error)
        {
            Log.LeftToForeign(logger, error.Message);
        }

        _lastReported = null;
    }

    private async Task<FallbackSituation> LookAsync(CancellationToken cancellationToken)
    {
        FallbackSituation situation = await SituationAsync(LockPlace.Free, cancellationToken);
        bool matters = situation.IsHeldWhileServing || situation.Webhook.Condition is not (WebhookCondition.Healthy or WebhookCondition.Degraded);
        return matters && await instanceLock.GetHolderAsync(cancellationToken) is not null
            ? situation with { Lock = LockPlace.Others }
            : situation;
    }

    private async Task<FallbackSituation> SituationAsync(LockPlace place, CancellationToken cancellationToken)
    {
        WebhookSample sample = await sampler.TakeAsync(cancellationToken);
        return new FallbackSituation
        {
            Webhook = _policy.Judge(sample),
            Target = sample.Target.State,
            Lock = place,
            IsHeldWhileServing = !options.Storage.IsConfigured,
            MayTakeOver = options.Polling.TakeOver,
            Grace = options.Fallback.Grace,
        };
    }

    /// <summary>One line for each change.</summary>
    private void Report(WebhookVerdict verdict)
    {
        if (_lastReported == (verdict.Condition, verdict.Reason))
        {
            return;
        }

        _lastReported = (verdict.Condition, verdict.Reason);
        if (verdict.Condition == WebhookCondition.Healthy)
        {
            Log.Well(logger);
        }
        else
        {
            Log.NotWell(logger, verdict.Condition, verdict.Reason);
        }
    }

    private void ReportHolder(LockHolder? holder)
    {
        if (holder is not null)
        {
            Log.Waiting(logger, holder.ProcessId, holder.Host, holder.Since);
        }
    }
}
