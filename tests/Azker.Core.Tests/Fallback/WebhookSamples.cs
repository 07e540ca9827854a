using Azker.Core.Fallback;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Fallback;

/// <summary>Samples of a webhook, one every 10 s.</summary>
internal sealed class WebhookSamples(WebhookHealthPolicy policy)
{
    public const string Refused = "Connection refused";
    public const string HandlerFailed = "Wrong response from the webhook: 500 Internal Server Error";
    public const string Busy = "Wrong response from the webhook: 503 Service Unavailable";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private TimeSpan _now;

    public static TargetHealth Healthy { get; } = new(TargetState.Healthy);

    public static TargetHealth Unhealthy { get; } = new(TargetState.Unhealthy, "/health answers 502.");

    public static TargetHealth Unreachable { get; } = new(TargetState.Unknown, "/health cannot be reached: ConnectionError.");

    /// <summary>The next sample of the configured webhook.</summary>
    public WebhookHealth Ours(int pending = 0, long? errorDate = null, string? error = null, TargetHealth? target = null) => Next(
        new RegisteredWebhook { Url = "https://bot.example.com/webhook", PendingUpdateCount = pending, LastErrorDate = errorDate, LastErrorMessage = error },
        isOurs: true,
        target);

    /// <summary>The next sample, without a registered webhook.</summary>
    public WebhookHealth Missing(TargetHealth? target = null) => Next(new RegisteredWebhook(), isOurs: false, target);

    /// <summary>The next sample, with a foreign webhook.</summary>
    public WebhookHealth Foreign() => Next(new RegisteredWebhook { Url = "https://other.example.com/" }, isOurs: false, null);

    /// <summary>The next sample, without an answer of the Bot API server.</summary>
    public WebhookHealth Unknown() => Next(null, isOurs: false, null);

    private WebhookHealth Next(RegisteredWebhook? registered, bool isOurs, TargetHealth? target)
    {
        var sample = new WebhookSample(_now, registered, isOurs, target ?? Healthy);
        _now += Interval;
        return policy.Assess(sample);
    }
}
