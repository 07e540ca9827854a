using Azker.Core.BotApi;
using Azker.Core.Configuration;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Delivery.Parking;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Health;

/// <summary>
/// Reports whether the bot's updates are received. It calls the Bot API at most once in 10 s, however many reports it makes,
/// and once after each change that this instance itself makes.
/// </summary>
internal sealed class HealthReporter
{
    private static readonly TimeSpan SampleLifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GetTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long a fault may last before the status becomes <c>down</c>.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private const string ParkingUnavailable = "Updates cannot be parked, so slow and waiting updates may delay other updates.";

    private const string LedgerUnavailable = "The update ledger is unavailable, so no update is handled. The updates wait with Telegram.";

    private readonly WebhookRegistration _registration;
    private readonly IInstanceLock _instanceLock;
    private readonly WebhookOptions _webhook;
    private readonly DeadLetterArchive _deadLetters;
    private readonly ParkedUpdates _parked;
    private readonly LedgerStatus _ledger;
    private readonly ReceiverStatus _status;
    private readonly TimeProvider _timeProvider;
    private readonly SingleFlight<WebhookSample> _samples;
    private WebhookSample? _lastAnswered;
    private long _changes;

    public HealthReporter(
        WebhookRegistration registration,
        IInstanceLock instanceLock,
        WebhookOptions webhook,
        DeadLetterArchive deadLetters,
        ParkedUpdates parked,
        LedgerStatus ledger,
        ReceiverStatus status,
        TimeProvider timeProvider)
    {
        (_registration, _instanceLock, _webhook, _deadLetters, _parked, _ledger, _status, _timeProvider) =
            (registration, instanceLock, webhook, deadLetters, parked, ledger, status, timeProvider);
        _samples = new SingleFlight<WebhookSample>(SampleAsync, SampleLifetime, timeProvider);
    }

    /// <summary>Makes a report.</summary>
    /// <param name="cancellationToken">Ends the wait for the report.</param>
    /// <returns>The report, after 5 s at most. It contains the faults of the Bot API server.</returns>
    public async Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        if (_status.Standby is { } standby)
        {
            return Report(HealthReport.Standby, standby.Mode, active: false, standby.Reason);
        }

        ReceiverMode mode = _status.Mode ?? (_webhook.UseWebhook ? ReceiverMode.Webhook : ReceiverMode.Polling);
        HealthReport report = mode == ReceiverMode.Polling ? ReportPolling() : ReportWebhook(await GetSampleAsync(cancellationToken));
        if (report.Active && _ledger.FailingFor is { } failingFor)
        {
            bool isNew = failingFor < Grace;
            return report with { Status = isNew ? HealthReport.Degraded : HealthReport.Down, Active = isNew, Reason = LedgerUnavailable };
        }

        string? lesser = _deadLetters.Problem ?? (_parked.IsFailing ? ParkingUnavailable : null);
        return report.Status == HealthReport.Ok && lesser is { } problem
            ? report with { Status = HealthReport.Degraded, Reason = problem }
            : report;
    }

    /// <summary>Gets a sample that is not older than the last change that this instance itself made, such as a failback.</summary>
    private Task<WebhookSample> GetSampleAsync(CancellationToken cancellationToken)
    {
        long changes = _status.Changes;
        if (Interlocked.Exchange(ref _changes, changes) != changes)
        {
            _samples.Forget();
        }

        return _samples.GetAsync(cancellationToken);
    }

    private HealthReport ReportPolling()
    {
        if (_status.IsReceiving)
        {
            return _webhook.UseWebhook
                ? Report(HealthReport.Degraded, ReceiverMode.Polling, true, "The webhook does not receive updates. This instance polls in its place.")
                : Report(HealthReport.Ok, ReceiverMode.Polling, true);
        }

        return Report(
            _status.NotReceivingFor < Grace ? HealthReport.Degraded : HealthReport.Down,
            ReceiverMode.Polling,
            false,
            _status.Fault ?? "This instance is starting or stopping.");
    }

    private HealthReport ReportWebhook(WebhookSample sample)
    {
        if (sample.Registered is not { } registered)
        {
            return ReportUnknown(sample);
        }

        if (IsOurs(sample))
        {
            return HasRecentError(registered)
                ? Report(HealthReport.Degraded, ReceiverMode.Webhook, true, $"Updates are pending, and Telegram reports a failed delivery: {registered.LastErrorMessage}.")
                : Report(HealthReport.Ok, ReceiverMode.Webhook, true);
        }

        return sample.IsPolled
            ? Report(HealthReport.Degraded, ReceiverMode.Polling, true, "A poller receives in place of the webhook.")
            : Report(HealthReport.Down, ReceiverMode.Webhook, false, registered.IsSet ? "Another webhook is registered." : "The webhook is not registered.");
    }

    private HealthReport ReportUnknown(WebhookSample sample)
    {
        bool wasHealthy = _lastAnswered is { } last && IsOurs(last) && _timeProvider.GetElapsedTime(last.At, sample.At) < Grace;
        bool isNew = wasHealthy || _status.RecordedFor < Grace;
        return Report(isNew ? HealthReport.Degraded : HealthReport.Down, ReceiverMode.Webhook, wasHealthy, sample.Fault) with { TakesRequests = !sample.IsRejected };
    }

    private bool IsOurs(WebhookSample sample) => _webhook.Url is { } url && sample.Registered!.IsAt(url);

    /// <summary>The server never clears the last error, so the error counts only while it is recent and updates are pending.</summary>
    private bool HasRecentError(RegisteredWebhook registered) =>
        registered.PendingUpdateCount > 0
        && registered.LastErrorDate is { } seconds
        && _timeProvider.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) < Grace;

    private async Task<WebhookSample> SampleAsync(CancellationToken cancellationToken)
    {
        try
        {
            RegisteredWebhook registered = await _registration.GetAsync(GetTimeout, cancellationToken);
            var sample = new WebhookSample(_timeProvider.GetTimestamp(), registered);
            if (!IsOurs(sample) && _status.Mode is null)
            {
                sample = sample with { IsPolled = await IsPolledAsync(cancellationToken) };
            }

            return _lastAnswered = sample;
        }
        catch (BotApiException error)
        {
            return new WebhookSample(_timeProvider.GetTimestamp(), null)
            {
                Fault = error.Fault.PublicDescription,
                IsRejected = error.Fault.Kind is BotApiFaultKind.Rejected or BotApiFaultKind.LoggedOut,
            };
        }
    }

    /// <summary>A record that cannot be read looks like a free lock, so a second read follows: one slow answer must not report the webhook as down.</summary>
    private async Task<bool> IsPolledAsync(CancellationToken cancellationToken) =>
        await _instanceLock.GetHolderAsync(cancellationToken) is not null || await _instanceLock.GetHolderAsync(cancellationToken) is not null;

    private HealthReport Report(string status, ReceiverMode mode, bool active, string? reason = null) =>
        new(status, _timeProvider.GetUtcNow(), mode, active, _status.Uptime, reason);

    private sealed record WebhookSample(long At, RegisteredWebhook? Registered)
    {
        public bool IsPolled { get; init; }

        public string? Fault { get; init; }

        public bool IsRejected { get; init; }
    }
}
