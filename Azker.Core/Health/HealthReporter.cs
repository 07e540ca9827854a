using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Health;

/// <summary>
/// Finds out whether the bot's updates are received. However often it is asked, it asks Telegram at most once in 10 s.
/// </summary>
internal sealed class HealthReporter
{
    private static readonly TimeSpan SampleLifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(5);

    /// <summary>For how long a problem may pass by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private const string LedgerFails = "It cannot be looked up, or recorded, which updates are handled; all wait with Telegram.";

    private readonly WebhookRegistration _registration;
    private readonly IInstanceLock _instanceLock;
    private readonly WebhookOptions _webhook;
    private readonly DeadLetterArchive _deadLetters;
    private readonly LedgerStatus _ledger;
    private readonly ReceiverStatus _status;
    private readonly TimeProvider _timeProvider;
    private readonly SingleFlight<WebhookSample> _samples;
    private WebhookSample? _lastGood;

    public HealthReporter(
        WebhookRegistration registration,
        IInstanceLock instanceLock,
        WebhookOptions webhook,
        DeadLetterArchive deadLetters,
        LedgerStatus ledger,
        ReceiverStatus status,
        TimeProvider timeProvider)
    {
        (_registration, _instanceLock, _webhook, _deadLetters, _ledger, _status, _timeProvider) =
            (registration, instanceLock, webhook, deadLetters, ledger, status, timeProvider);
        _samples = new SingleFlight<WebhookSample>(SampleAsync, SampleLifetime, timeProvider);
    }

    /// <summary>Makes a report.</summary>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>The report; a Bot API server that does not answer is reported in it, after 5 s at most.</returns>
    public async Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        ReceiverMode mode = _status.Mode ?? (_webhook.UseWebhook ? ReceiverMode.Webhook : ReceiverMode.Polling);
        HealthReport report = mode == ReceiverMode.Polling ? OfPolling() : OfWebhook(await _samples.GetAsync(cancellationToken));
        if (report.Active && _ledger.FailingFor is { } failingFor)
        {
            bool isNew = failingFor < Grace;
            return report with { Status = isNew ? HealthReport.Degraded : HealthReport.Down, Active = isNew, Reason = LedgerFails };
        }

        return report.Status == HealthReport.Ok && _deadLetters.Problem is { } problem
            ? report with { Status = HealthReport.Degraded, Reason = problem }
            : report;
    }

    private HealthReport OfPolling()
    {
        if (_status.IsReceiving)
        {
            return _webhook.UseWebhook
                ? Report(HealthReport.Degraded, ReceiverMode.Polling, true, "The webhook does not receive; the bot polls instead.")
                : Report(HealthReport.Ok, ReceiverMode.Polling, true);
        }

        return Report(
            _status.NotReceivingFor < Grace ? HealthReport.Degraded : HealthReport.Down,
            ReceiverMode.Polling,
            false,
            _status.Fault ?? "This instance starts, ends, or waits for another one to end.");
    }

    private HealthReport OfWebhook(WebhookSample sample)
    {
        if (sample.Registered is not { } registered)
        {
            return OfUnknown(sample);
        }

        if (IsOurs(sample))
        {
            return HasRecentError(registered)
                ? Report(HealthReport.Degraded, ReceiverMode.Webhook, true, $"Updates wait, and Telegram reports of a delivery: {registered.LastErrorMessage}")
                : Report(HealthReport.Ok, ReceiverMode.Webhook, true);
        }

        return sample.IsPolled
            ? Report(HealthReport.Degraded, ReceiverMode.Polling, true, "A poller receives in place of the webhook.")
            : Report(HealthReport.Down, ReceiverMode.Webhook, false, registered.IsSet ? "Another webhook is registered." : "The webhook is not registered.");
    }

    private HealthReport OfUnknown(WebhookSample sample)
    {
        bool wasWell = _lastGood is { } good && IsOurs(good) && sample.At - good.At < Grace;
        bool isNew = wasWell || _status.Uptime < Grace;
        return Report(isNew ? HealthReport.Degraded : HealthReport.Down, ReceiverMode.Webhook, wasWell, sample.Fault);
    }

    private bool IsOurs(WebhookSample sample) => _webhook.Url is { } url && sample.Registered!.IsAt(url);

    /// <summary>An error stays in the answer for good, so it says something only while it is new and updates wait.</summary>
    private bool HasRecentError(RegisteredWebhook registered) =>
        registered.PendingUpdateCount > 0
        && registered.LastErrorDate is { } seconds
        && _timeProvider.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) < Grace;

    private async Task<WebhookSample> SampleAsync(CancellationToken cancellationToken)
    {
        try
        {
            RegisteredWebhook registered = await _registration.GetAsync(LookTimeout, cancellationToken);
            var sample = new WebhookSample(_timeProvider.GetUtcNow(), registered);
            if (!IsOurs(sample) && _status.Mode is null)
            {
                sample = sample with { IsPolled = await IsPolledAsync(cancellationToken) };
            }

            return _lastGood = sample;
        }
        catch (BotApiException error)
        {
            return new WebhookSample(_timeProvider.GetUtcNow(), null) { Fault = error.Fault.PublicDescription };
        }
    }

    /// <summary>A record that cannot be read tells of no holder either. One slow answer is not to bring the webhook down.</summary>
    private async Task<bool> IsPolledAsync(CancellationToken cancellationToken) =>
        await _instanceLock.GetHolderAsync(cancellationToken) is not null || await _instanceLock.GetHolderAsync(cancellationToken) is not null;

    private HealthReport Report(string status, ReceiverMode mode, bool active, string? reason = null) =>
        new(status, _timeProvider.GetUtcNow(), mode, active, _status.Uptime, reason);

    private sealed record WebhookSample(DateTimeOffset At, RegisteredWebhook? Registered)
    {
        public bool IsPolled { get; init; }

        public string? Fault { get; init; }
    }
}
