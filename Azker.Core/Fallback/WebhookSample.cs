using Azker.Core.Webhook.Registration;

namespace Azker.Core.Fallback;

/// <summary>The webhook at one moment, as the Bot API server and the program behind it tell of it.</summary>
/// <param name="At">When, counted from any one moment.</param>
/// <param name="Registered">What is registered; <see langword="null"/> when the Bot API server did not tell.</param>
/// <param name="IsOurs">Whether that is the configured webhook.</param>
/// <param name="Target">What the program behind it says.</param>
internal sealed record WebhookSample(TimeSpan At, RegisteredWebhook? Registered, bool IsOurs, TargetHealth Target)
{
    /// <summary>Why the Bot API server did not tell, in words that a stranger may read.</summary>
    public string? Fault { get; init; }
}
