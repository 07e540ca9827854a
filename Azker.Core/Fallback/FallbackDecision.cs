namespace Azker.Core.Fallback;

/// <summary>The next actions of an instance.</summary>
internal enum FallbackAction
{
    /// <summary>Change nothing, and check again.</summary>
    Watch,

    /// <summary>Wait for the lock, and check again under it.</summary>
    AwaitLock,

    /// <summary>Try to take the lock, and check again under it.</summary>
    TakeLock,

    /// <summary>Release the lock, because the webhook receives.</summary>
    Release,

    /// <summary>Start or continue to poll in place of the webhook.</summary>
    Poll,

    /// <summary>Stop polling, and register the webhook.</summary>
    FailBack,
}

/// <summary>Decides who receives, by a pure function of the situation. A decision without the lock is made again under the lock.</summary>
internal static class FallbackDecision
{
    public static FallbackAction Decide(in FallbackSituation situation) => situation.Lock switch
    {
        LockOwner.SelfPolling => IsTargetReady(situation) ? FallbackAction.FailBack : FallbackAction.Poll,
        LockOwner.Self => MustPoll(situation) ? FallbackAction.Poll : FallbackAction.Release,
        LockOwner.Other => IsSuccessor(situation) ? FallbackAction.AwaitLock : FallbackAction.Watch,
        _ => IsGraceOver(situation) ? FallbackAction.TakeLock : FallbackAction.Watch,
    };

    /// <summary>Whether it is time for failback. Telegram may reach a target that this instance cannot reach.</summary>
    private static bool IsTargetReady(in FallbackSituation situation) => situation.Target switch
    {
        TargetState.Healthy => situation.TargetFor >= situation.FailbackDelay,
        TargetState.Unknown => situation.TargetFor >= situation.MaxFailbackDelay,
        _ => false,
    };

    /// <summary>Whether the webhook has been unhealthy for longer than the grace.</summary>
    private static bool IsGraceOver(in FallbackSituation situation) => situation.Webhook.Condition switch
    {
        WebhookCondition.Unhealthy or WebhookCondition.Missing => situation.Webhook.UnhealthyFor >= situation.Grace,
        WebhookCondition.Foreign => situation.MayTakeOver,
        _ => false,
    };

    /// <summary>
    /// Whether this instance receives next when the holder of the lock ends. That holds for a holder that serves the webhook
    /// and for a holder that polls.
    /// </summary>
    private static bool IsSuccessor(in FallbackSituation situation) => situation.Webhook.Condition switch
    {
        WebhookCondition.Foreign => situation.MayTakeOver,
        WebhookCondition.Unknown => false,
        WebhookCondition.Unhealthy or WebhookCondition.Missing => true,
        _ => situation.IsHeldWhileServing,
    };

    /// <summary>
    /// Whether the new holder of the lock polls. The previous holder has ended: it polled if no webhook is registered, and it
    /// served the webhook if a server of the webhook holds this lock.
    /// </summary>
    private static bool MustPoll(in FallbackSituation situation) => situation.Webhook.Condition switch
    {
        WebhookCondition.Missing => true,
        WebhookCondition.Healthy or WebhookCondition.Degraded or WebhookCondition.Unhealthy when situation.IsHeldWhileServing => situation.Target != TargetState.Healthy,
        _ => IsGraceOver(situation),
    };
}
