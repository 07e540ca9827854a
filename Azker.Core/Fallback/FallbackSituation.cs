namespace Azker.Core.Fallback;

/// <summary>The owners of the receiver lock, from the view of this instance.</summary>
internal enum LockOwner
{
    /// <summary>No instance holds the lock.</summary>
    None,

    /// <summary>Another instance holds the lock.</summary>
    Other,

    /// <summary>This instance holds the lock and does not poll.</summary>
    Self,

    /// <summary>This instance holds the lock and polls.</summary>
    SelfPolling,
}

/// <summary>The facts that decide the next action of an instance. Its times are spans, so the decision needs no clock.</summary>
internal readonly record struct FallbackSituation
{
    /// <summary>The health of the webhook.</summary>
    public required WebhookHealth Webhook { get; init; }

    /// <summary>The state of the target.</summary>
    public required TargetState Target { get; init; }

    /// <summary>How long the target has been in that state.</summary>
    public TimeSpan TargetFor { get; init; }

    /// <summary>The owner of the lock.</summary>
    public required LockOwner Lock { get; init; }

    /// <summary>
    /// Whether a program that serves the webhook holds the lock while it serves, as it does on one machine.
    /// </summary>
    public bool IsHeldWhileServing { get; init; }

    /// <summary>Whether the user ordered to take the updates from a foreign webhook.</summary>
    public bool MayTakeOver { get; init; }

    /// <summary>How long the webhook must be unhealthy before failover.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>How long the target must be healthy before failback.</summary>
    public TimeSpan FailbackDelay { get; init; }

    /// <summary>After how long failback is tried although this instance cannot reach the target.</summary>
    public TimeSpan MaxFailbackDelay { get; init; }
}
