using Azker.Core.Webhook.Registration;

namespace Azker.Core.Fallback;

/// <summary>
/// Assesses the health of the webhook by consecutive samples. A later success does not clear the error that the Bot API server
/// reports (tdlib/telegram-bot-api, Client.cpp), so an error counts when its date changes while updates are pending. The policy
/// neither waits nor knows the time.
/// </summary>
internal sealed class WebhookHealthPolicy
{
    /// <summary>Telegram repeats a failed delivery after 120 s at most (tdlib/telegram-bot-api, WebhookActor.cpp).</summary>
    private static readonly TimeSpan ErrorLifetime = TimeSpan.FromSeconds(150);

    /// <summary>The answer of the webhook to an update that its handler could not handle.</summary>
    private const string HandlerFailed = "Wrong response from the webhook: 500";

    private RegisteredWebhook? _previous;
    private TimeSpan? _lastErrorAt;
    private TimeSpan? _unhealthySince;
    private (TimeSpan Since, int Count)? _pending;

    /// <summary>Adds the next sample.</summary>
    /// <returns>The health of the webhook now.</returns>
    public WebhookHealth Assess(WebhookSample sample)
    {
        if (sample.Registered is not { } registered)
        {
            // Without an answer the webhook is neither healthy nor unhealthy: the time of an earlier fault continues.
            return new WebhookHealth(WebhookCondition.Unknown, Reason: sample.Fault);
        }

        if (!sample.IsOurs)
        {
            (_previous, _lastErrorAt, _pending) = (null, null, null);
            return registered.IsSet
                ? new WebhookHealth(WebhookCondition.Foreign, UnhealthyFor(sample.At), "Another webhook is registered.")
                : new WebhookHealth(WebhookCondition.Missing, UnhealthyFor(sample.At), "No webhook is registered.");
        }

        if (_previous is null)
        {
            // An instance that found the target healthy has registered the webhook again, so the grace starts again.
            _unhealthySince = null;
        }

        (WebhookCondition condition, string? reason) = Examine(sample, registered);
        _previous = registered;
        if (condition == WebhookCondition.Unhealthy)
        {
            return new WebhookHealth(condition, UnhealthyFor(sample.At), reason);
        }

        _unhealthySince = null;
        return new WebhookHealth(condition, Reason: reason);
    }

    private (WebhookCondition Condition, string? Reason) Examine(WebhookSample sample, RegisteredWebhook registered)
    {
        RecordError(sample.At, registered);
        bool isPending = registered.PendingUpdateCount > 0 && registered.PendingUpdateCount >= _previous?.PendingUpdateCount;
        _pending = isPending ? _pending ?? (sample.At, registered.PendingUpdateCount) : null;
        if (sample.Target.State == TargetState.Unhealthy)
        {
            return (WebhookCondition.Unhealthy, sample.Target.Reason);
        }

        if (isPending && sample.At - _lastErrorAt <= ErrorLifetime && !IsHandlerFault(sample, registered))
        {
            return (WebhookCondition.Unhealthy, $"Updates are pending, and Telegram reports: {registered.LastErrorMessage}.");
        }

        if (sample.Target.State == TargetState.Unknown)
        {
            return isPending
                ? (WebhookCondition.Unhealthy, $"Updates are pending. {sample.Target.Reason}")
                : (WebhookCondition.Degraded, sample.Target.Reason);
        }

        return sample.At - _pending?.Since >= ErrorLifetime
            ? (WebhookCondition.Degraded, "Updates are pending, and their number does not decrease.")
            : (WebhookCondition.Healthy, null);
    }

    /// <summary>
    /// Whether only a handler fails, which would fail in a poller too. If the number of pending updates grows, there is another
    /// fault.
    /// </summary>
    private bool IsHandlerFault(WebhookSample sample, RegisteredWebhook registered) =>
        sample.Target.State == TargetState.Healthy
        && registered.LastErrorMessage?.StartsWith(HandlerFailed, StringComparison.Ordinal) == true
        && registered.PendingUpdateCount <= _pending?.Count;

    /// <summary>The date is from the clock of the server, so it is compared only with an earlier date of the server.</summary>
    private void RecordError(TimeSpan at, RegisteredWebhook registered)
    {
        if (_previous is not null && registered.LastErrorDate is { } date && date != _previous.LastErrorDate)
        {
            _lastErrorAt = at;
        }
    }

    private TimeSpan UnhealthyFor(TimeSpan at) => at - (_unhealthySince ??= at);
}
