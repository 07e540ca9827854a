using Azker.Core.Webhook.Registration;

namespace Azker.Core.Fallback;

/// <summary>
/// Assesses the health of the webhook by consecutive samples. A later success does not clear the error that the Bot API server
/// reports (tdlib/telegram-bot-api, Client.cpp), so an error counts when its date changes while updates are pending. The policy
/// neither waits nor knows the time.
/// </summary>
/// <param name="grace">How long the webhook must be unhealthy before polling replaces it.</param>
internal sealed class WebhookHealthPolicy(TimeSpan grace)
{
    /// <summary>Telegram repeats a failed delivery after 120 s at most (tdlib/telegram-bot-api, WebhookActor.cpp).</summary>
    private static readonly TimeSpan ErrorLifetime = TimeSpan.FromSeconds(150);

    /// <summary>
    /// What Telegram reports of answers that a webhook which receives gives too: 500 when a handler failed, 503 when another instance
    /// has claimed the update, as a killed instance has for up to two minutes.
    /// </summary>
    private static readonly string[] OwnAnswers = ["Wrong response from the webhook: 500", "Wrong response from the webhook: 503"];

    private readonly PendingTrend _pending = new(grace);
    private RegisteredWebhook? _previous;
    private TimeSpan? _lastErrorAt;
    private TimeSpan? _unhealthySince;

    /// <summary>
    /// Forgets all samples, because the webhook was set since the last one: a new grace begins, and the errors of the time before are
    /// no evidence.
    /// </summary>
    public void StartAgain()
    {
        Forget();
        _unhealthySince = null;
    }

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
            Forget();
            return registered.IsSet
                ? new WebhookHealth(WebhookCondition.Foreign, UnhealthyFor(sample.At), "Another webhook is registered.")
                : new WebhookHealth(WebhookCondition.Missing, UnhealthyFor(sample.At), "No webhook is registered.");
        }

        if (_previous is null || IsSetSince(_previous, registered))
        {
            // An instance that found the target healthy has registered the webhook again.
            StartAgain();
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
        _pending.Add(sample.At, registered.PendingUpdateCount);
        if (sample.Target.State == TargetState.Unhealthy)
        {
            return (WebhookCondition.Unhealthy, sample.Target.Reason);
        }

        if (_pending.IsWaiting && sample.At - _lastErrorAt <= ErrorLifetime && (_pending.IsGrowing || !IsOwnAnswer(sample, registered)))
        {
            return (WebhookCondition.Unhealthy, $"Updates are pending, and Telegram reports{Describe(registered)}.");
        }

        if (sample.Target.State == TargetState.Unknown)
        {
            return _pending.IsWaiting
                ? (WebhookCondition.Unhealthy, $"Updates are pending. {sample.Target.Reason}")
                : (WebhookCondition.Degraded, sample.Target.Reason);
        }

        return sample.At - _pending.WaitingSince >= ErrorLifetime
            ? (WebhookCondition.Degraded, "Updates are pending, and their number does not decrease.")
            : (WebhookCondition.Healthy, null);
    }

    /// <summary>
    /// Whether the error is an answer of the webhook itself, whose target is healthy: then a handler fails, which would fail in a
    /// poller too, or an update is claimed. Unless the number of pending updates keeps growing, the other updates are delivered.
    /// </summary>
    private static bool IsOwnAnswer(WebhookSample sample, RegisteredWebhook registered) =>
        sample.Target.State == TargetState.Healthy
        && OwnAnswers.Any(answer => registered.LastErrorMessage?.StartsWith(answer, StringComparison.Ordinal) == true);

    private static string Describe(RegisteredWebhook registered) =>
        string.IsNullOrWhiteSpace(registered.LastErrorMessage) ? " a failed delivery without a reason" : $": {registered.LastErrorMessage}";

    /// <summary>The server forgets the error only when the webhook is set or deleted (tdlib/telegram-bot-api, Client.cpp).</summary>
    private static bool IsSetSince(RegisteredWebhook previous, RegisteredWebhook registered) =>
        previous.LastErrorDate is not null && registered.LastErrorDate is null;

    /// <summary>The date is from the clock of the server, so it is compared only with an earlier date of the server.</summary>
    private void RecordError(TimeSpan at, RegisteredWebhook registered)
    {
        if (_previous is not null && registered.LastErrorDate is { } date && date != _previous.LastErrorDate)
        {
            _lastErrorAt = at;
        }
    }

    private void Forget()
    {
        (_previous, _lastErrorAt) = (null, null);
        _pending.Clear();
    }

    private TimeSpan UnhealthyFor(TimeSpan at) => at - (_unhealthySince ??= at);
}
