namespace Azker.Core.Webhook.Registration;

/// <summary>What the guard found or did.</summary>
public enum WebhookGuardOutcome
{
    /// <summary>The webhook is registered as configured; nothing was written.</summary>
    Unchanged,

    /// <summary>No webhook was set, and now ours is.</summary>
    Registered,

    /// <summary>The webhook differed from what is configured, and was set anew.</summary>
    Repaired,

    /// <summary>A poller, or another instance that is setting the webhook, holds the receiver lock; nothing was called.</summary>
    LeftToPoller,

    /// <summary>A later deployment of this bot, with another URL, has registered its webhook; nothing was written.</summary>
    LeftToOther,

    /// <summary>The webhook could not be looked at, or could not be set.</summary>
    Failed,
}

/// <summary>What one run of the guard came to.</summary>
/// <param name="Outcome">What it found or did.</param>
public sealed record WebhookGuardResult(WebhookGuardOutcome Outcome)
{
    /// <summary>
    /// In what the registered webhook differed, by the names of setWebhook's parameters, such as <c>url</c>. Empty when it
    /// did not, or could not be looked at.
    /// </summary>
    public IReadOnlyList<string> Drift { get; init; } = [];

    /// <summary>Why it failed, or who holds the lock, in one line without secrets.</summary>
    public string? Reason { get; init; }

    /// <summary>After what time another run makes sense, when the Bot API server said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it was left to others, who receive.</summary>
    public bool IsLeft => Outcome is WebhookGuardOutcome.LeftToPoller or WebhookGuardOutcome.LeftToOther;

    /// <summary>Whether the webhook is certainly registered as configured.</summary>
    public bool IsRegistered => Outcome is WebhookGuardOutcome.Unchanged or WebhookGuardOutcome.Registered or WebhookGuardOutcome.Repaired;
}
