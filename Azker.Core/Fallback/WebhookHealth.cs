namespace Azker.Core.Fallback;

/// <summary>The conditions of the webhook.</summary>
internal enum WebhookCondition
{
    /// <summary>The webhook receives.</summary>
    Healthy,

    /// <summary>There are signs of a fault, but not enough for a failover.</summary>
    Degraded,

    /// <summary>The webhook does not receive.</summary>
    Unhealthy,

    /// <summary>No webhook is registered.</summary>
    Missing,

    /// <summary>Another webhook than the configured one is registered.</summary>
    Foreign,

    /// <summary>The Bot API server gave no answer about the webhook.</summary>
    Unknown,
}

/// <summary>The health of the webhook.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="UnhealthyFor">How long the webhook has not been receiving.</param>
/// <param name="Reason">The reason of a condition other than healthy, as sentences without secrets.</param>
internal readonly record struct WebhookHealth(WebhookCondition Condition, TimeSpan UnhealthyFor = default, string? Reason = null);
