namespace Azker.Core.Fallback;

/// <summary>What an instance does next.</summary>
internal enum FallbackAction
{
    /// <summary>Leave everything as it is, and look again.</summary>
    Watch,

    /// <summary>Wait for the lock, and look again under it.</summary>
    AwaitLock,

    /// <summary>Try to take the lock, and look again under it.</summary>
    TakeLock,

    /// <summary>Give the lock back: there is nothing to do with it.</summary>
    Release,

    /// <summary>Poll in the webhook's place, or go on with it.</summary>
    Poll,

    /// <summary>Stop polling, and register the webhook.</summary>
    FailBack,
}

/// <summary>Decides who receives: one pure function of the situation. What it decides without the lock it decides again under it.</summary>
internal static class FallbackDecision
{
    public static FallbackAction Decide(in FallbackSituation situation) => situation.Lock switch
    {
        LockPlace.OursToPoll => IsTargetReady(situation) ? FallbackAction.FailBack : FallbackAction.Poll,
        LockPlace.Ours => MustPoll(situation) ? FallbackAction.Poll : FallbackAction.Release,
        LockPlace.Others => IsNext(situation) ? FallbackAction.AwaitLock : FallbackAction.Watch,
        _ => IsTimeUp(situation) ? FallbackAction.TakeLock : FallbackAction.Watch,
    };

    /// <summary>Whether the webhook's program is to get the updates back. Telegram may reach one that this instance cannot.</summary>
    private static bool IsTargetReady(in FallbackSituation situation) => situation.Target switch
    {
        TargetState.Healthy => situation.TargetFor >= situation.FailbackDelay,
        TargetState.Unknown => situation.TargetFor >= situation.MaxFailbackDelay,
        _ => false,
    };

    /// <summary>Whether the webhook has not received for longer than it may.</summary>
    private static bool IsTimeUp(in FallbackSituation situation) => situation.Webhook.Condition switch
    {
        WebhookCondition.Unhealthy or WebhookCondition.Missing => situation.Webhook.For >= situation.Grace,
        WebhookCondition.Foreign => situation.MayTakeOver,
        _ => false,
    };

    /// <summary>
    /// Whether this instance receives when the lock's holder ends. A holder that serves the webhook has a successor
    /// as well as one that polls.
    /// </summary>
    private static bool IsNext(in FallbackSituation situation) => situation.Webhook.Condition switch
    {
        WebhookCondition.Foreign => situation.MayTakeOver,
        WebhookCondition.Unknown => false,
        WebhookCondition.Unhealthy or WebhookCondition.Missing => true,
        _ => situation.IsHeldWhileServing,
    };

    /// <summary>
    /// Whether the lock's new holder polls. Whoever had the lock before is gone: it polled, if no webhook is registered, and
    /// served the webhook, if the lock is one that is held for that.
    /// </summary>
    private static bool MustPoll(in FallbackSituation situation) => situation.Webhook.Condition switch
    {
        WebhookCondition.Missing => true,
        WebhookCondition.Healthy or WebhookCondition.Degraded or WebhookCondition.Unhealthy when situation.IsHeldWhileServing => situation.Target != TargetState.Healthy,
        _ => IsTimeUp(situation),
    };
}
