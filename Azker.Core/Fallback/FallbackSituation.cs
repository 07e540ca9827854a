namespace Azker.Core.Fallback;

/// <summary>Where the receiver lock is.</summary>
internal enum LockPlace
{
    /// <summary>Nobody holds it.</summary>
    Free,

    /// <summary>Another instance holds it.</summary>
    Others,

    /// <summary>This instance holds it, and does not poll.</summary>
    Ours,

    /// <summary>This instance holds it, and polls.</summary>
    OursToPoll,
}

/// <summary>All that decides what an instance does next. Its times are spans, so that it needs no clock.</summary>
internal readonly record struct FallbackSituation
{
    /// <summary>How the webhook is.</summary>
    public required WebhookVerdict Webhook { get; init; }

    /// <summary>What the program behind it says.</summary>
    public required TargetState Target { get; init; }

    /// <summary>For how long it has been saying that.</summary>
    public TimeSpan TargetFor { get; init; }

    /// <summary>Where the lock is.</summary>
    public required LockPlace Lock { get; init; }

    /// <summary>
    /// Whether the lock is one that a program which serves the webhook holds as long as it does, as on one machine.
    /// </summary>
    public bool IsHeldWhileServing { get; init; }

    /// <summary>Whether the user ordered to take the updates from another's webhook.</summary>
    public bool MayTakeOver { get; init; }

    /// <summary>For how long the webhook must be unwell.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>For how long its program must be well.</summary>
    public TimeSpan FailbackDelay { get; init; }

    /// <summary>After what time a program that cannot be reached from here is given a try.</summary>
    public TimeSpan MaxFailbackDelay { get; init; }
}
