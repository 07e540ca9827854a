using Azker.Core.Webhook.Registration;

namespace Azker.Core.Fallback;

/// <summary>
/// Judges the webhook by samples in a row. An error that the Bot API server tells of is not cleared by a later success
/// (tdlib/telegram-bot-api, Client.cpp), so what counts is that its date moves while updates wait. The policy neither waits
/// nor knows the time.
/// </summary>
internal sealed class WebhookHealthPolicy
{
    /// <summary>Failing deliveries are repeated after 120 s at most (tdlib/telegram-bot-api, WebhookActor.cpp).</summary>
    private static readonly TimeSpan ErrorLifetime = TimeSpan.FromSeconds(150);

    /// <summary>The webhook's own answer to an update that it could not handle.</summary>
    private const string HandlerFailed = "Wrong response from the webhook: 500";

    private RegisteredWebhook? _previous;
    private TimeSpan? _lastErrorAt;
    private TimeSpan? _wrongSince;
    private (TimeSpan Since, int Pending)? _waiting;

    /// <summary>Takes the next sample.</summary>
    /// <returns>How the webhook is by now.</returns>
    public WebhookVerdict Judge(WebhookSample sample)
    {
        if (sample.Registered is not { } registered)
        {
            // Not to know is neither good nor bad: what was wrong before goes on being so.
            return new WebhookVerdict(WebhookCondition.Unknown, Reason: sample.Fault);
        }

        if (!sample.IsOurs)
        {
            (_previous, _lastErrorAt, _waiting) = (null, null, null);
            return registered.IsSet
                ? new WebhookVerdict(WebhookCondition.Foreign, Since(sample.At), "another webhook is registered")
                : new WebhookVerdict(WebhookCondition.Missing, Since(sample.At), "no webhook is registered");
        }

        if (_previous is null)
        {
            // It is registered anew, by whoever found its program well, and has the grace anew.
            _wrongSince = null;
        }

        (WebhookCondition condition, string? reason) = Examine(sample, registered);
        _previous = registered;
        if (condition == WebhookCondition.Unhealthy)
        {
            return new WebhookVerdict(condition, Since(sample.At), reason);
        }

        _wrongSince = null;
        return new WebhookVerdict(condition, Reason: reason);
    }

    private (WebhookCondition Condition, string? Reason) Examine(WebhookSample sample, RegisteredWebhook registered)
    {
        NoteError(sample.At, registered);
        bool waits = registered.PendingUpdateCount > 0 && registered.PendingUpdateCount >= _previous?.PendingUpdateCount;
        _waiting = waits ? _waiting ?? (sample.At, registered.PendingUpdateCount) : null;
        if (sample.Target.State == TargetState.Unhealthy)
        {
            return (WebhookCondition.Unhealthy, sample.Target.Reason);
        }

        if (waits && sample.At - _lastErrorAt <= ErrorLifetime && !IsOnlyAHandler(sample, registered))
        {
            return (WebhookCondition.Unhealthy, $"updates wait, and Telegram reports: {registered.LastErrorMessage}");
        }

        if (sample.Target.State == TargetState.Unknown)
        {
            return waits
                ? (WebhookCondition.Unhealthy, $"updates wait, and {sample.Target.Reason}")
                : (WebhookCondition.Degraded, sample.Target.Reason);
        }

        return sample.At - _waiting?.Since >= ErrorLifetime
            ? (WebhookCondition.Degraded, "updates wait, and do not become fewer")
            : (WebhookCondition.Healthy, null);
    }

    /// <summary>A handler that fails for some updates would fail in a poller too. When ever more updates wait, it is more than that.</summary>
    private bool IsOnlyAHandler(WebhookSample sample, RegisteredWebhook registered) =>
        sample.Target.State == TargetState.Healthy
        && registered.LastErrorMessage?.StartsWith(HandlerFailed, StringComparison.Ordinal) == true
        && registered.PendingUpdateCount <= _waiting?.Pending;

    /// <summary>The date is by the server's clock, so it is compared with nothing but itself.</summary>
    private void NoteError(TimeSpan at, RegisteredWebhook registered)
    {
        if (_previous is not null && registered.LastErrorDate is { } date && date != _previous.LastErrorDate)
        {
            _lastErrorAt = at;
        }
    }

    private TimeSpan Since(TimeSpan at) => at - (_wrongSince ??= at);
}
