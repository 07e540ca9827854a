using Azker.Core.Webhook.Registration;

namespace Azker.Core.Fallback;

/// <summary>A sample of the webhook: the answers of the Bot API server and of the target at one moment.</summary>
/// <param name="At">The time of the sample, counted from a fixed moment.</param>
/// <param name="Registered">The registered webhook; <see langword="null"/> if getWebhookInfo failed.</param>
/// <param name="IsOurs">Whether the registered webhook is the configured webhook.</param>
/// <param name="Target">The health of the target.</param>
internal sealed record WebhookSample(TimeSpan At, RegisteredWebhook? Registered, bool IsOurs, TargetHealth Target)
{
    /// <summary>The fault of getWebhookInfo, as a sentence that a stranger may read.</summary>
    public string? Fault { get; init; }
}
