namespace Azker.Core.Fallback;

/// <summary>How the webhook is.</summary>
internal enum WebhookCondition
{
    /// <summary>It receives.</summary>
    Healthy,

    /// <summary>Something speaks against it, but not enough to take its place.</summary>
    Degraded,

    /// <summary>It does not receive.</summary>
    Unhealthy,

    /// <summary>No webhook is registered.</summary>
    Missing,

    /// <summary>Another webhook than the configured one is registered.</summary>
    Foreign,

    /// <summary>The Bot API server did not tell.</summary>
    Unknown,
}

/// <summary>How the webhook is, for how long it has not been receiving, and why, in words without secrets.</summary>
internal readonly record struct WebhookVerdict(WebhookCondition Condition, TimeSpan For = default, string? Reason = null);
