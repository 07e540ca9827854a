using Azker.Core.Fallback;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Fallback;

/// <summary>Samples of a webhook, one each 10 s.</summary>
internal sealed class Samples(WebhookHealthPolicy policy)
{
    public const string Refused = "Connection refused";
    public const string HandlerFailed = "Wrong response from the webhook: 500 Internal Server Error";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private TimeSpan _now;

    public static TargetHealth Well { get; } = new(TargetState.Healthy);

    public static TargetHealth Unwell { get; } = new(TargetState.Unhealthy, "/health answers 502");

    public static TargetHealth Unreachable { get; } = new(TargetState.Unknown, "/health cannot be reached: ConnectionError");

    /// <summary>The next sample of the configured webhook.</summary>
    public WebhookVerdict Ours(int pending = 0, long? errorDate = null, string? error = null, TargetHealth? target = null) => Next(
        new RegisteredWebhook { Url = "https://bot.example.com/webhook", PendingUpdateCount = pending, LastErrorDate = errorDate, LastErrorMessage = error },
        isOurs: true,
        target);

    /// <summary>The next sample, when no webhook is registered.</summary>
    public WebhookVerdict Missing(TargetHealth? target = null) => Next(new RegisteredWebhook(), isOurs: false, target);

    /// <summary>The next sample, when somebody else's webhook is registered.</summary>
    public WebhookVerdict Foreign() => Next(new RegisteredWebhook { Url = "https://other.example.com/" }, isOurs: false, null);

    /// <summary>The next sample, when the Bot API server does not answer.</summary>
    public WebhookVerdict Unknown() => Next(null, isOurs: false, null);

    private WebhookVerdict Next(RegisteredWebhook? registered, bool isOurs, TargetHealth? target)
    {
        var sample = new WebhookSample(_now, registered, isOurs, target ?? Well);
        _now += Interval;
        return policy.Judge(sample);
    }
}
