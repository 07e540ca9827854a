namespace Azker.Core.Webhook.Registration;

/// <summary>The outcomes of a run of the webhook guard.</summary>
internal enum WebhookGuardOutcome
{
    /// <summary>The webhook was registered as configured; nothing was written.</summary>
    Unchanged,

    /// <summary>No webhook was set; the configured webhook is registered now.</summary>
    Registered,

    /// <summary>The webhook differed from the settings; it is registered as configured now.</summary>
    Repaired,

    /// <summary>Another instance holds the receiver lock: a poller, or a guard that sets the webhook. The webhook was not changed.</summary>
    LockHeld,

    /// <summary>A later deployment of this bot, with another URL, has registered its webhook. The webhook was not changed.</summary>
    Superseded,

    /// <summary>The webhook could not be checked, or could not be registered.</summary>
    Failed,
}

/// <summary>The result of one run of the webhook guard.</summary>
/// <param name="Outcome">The outcome.</param>
internal sealed record WebhookGuardResult(WebhookGuardOutcome Outcome)
{
    /// <summary>
    /// The drift: the names of the parameters of setWebhook that differed, such as <c>url</c>. Empty if none differed, or if the
    /// webhook could not be checked.
    /// </summary>
    public IReadOnlyList<string> Drift { get; init; } = [];

    /// <summary>
    /// The cause of a failure, or the reason why the webhook was not changed, as sentences in one line without secrets;
    /// otherwise <see langword="null"/>.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>How long the Bot API server asks to wait before the next run; <see langword="null"/> if it does not ask.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the webhook was not changed because another instance or deployment receives.</summary>
    public bool IsSkipped => Outcome is WebhookGuardOutcome.LockHeld or WebhookGuardOutcome.Superseded;

    /// <summary>Whether the webhook is known to be registered as configured.</summary>
    public bool IsRegistered => Outcome is WebhookGuardOutcome.Unchanged or WebhookGuardOutcome.Registered or WebhookGuardOutcome.Repaired;
}
