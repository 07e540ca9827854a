using System.Diagnostics.Metrics;

namespace Azker.Core.Telemetry;

/// <summary>The metrics of how a bot's updates are received.</summary>
internal sealed class ReceiverMetrics
{
    private readonly BotMeter _bot;
    private readonly Counter<long> _polls;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _renewals;
    private readonly Counter<long> _changes;
    private readonly Gauge<long> _registered;
    private readonly Gauge<long> _pending;
    private readonly Counter<long> _errors;
    private readonly Lock _gate = new();
    private bool _isWebhookKnown;
    private long? _lastErrorDate;

    public ReceiverMetrics(BotMeter bot)
    {
        _bot = bot;
        Meter meter = bot.Meter;
        _polls = meter.CreateCounter<long>("azker.polls", "{poll}", "Calls of getUpdates that ended, by outcome.");
        _conflicts = meter.CreateCounter<long>("azker.conflicts", "{conflict}", "Answers of 409: another program receives this bot's updates too.");
        _renewals = meter.CreateCounter<long>("azker.lock.renewals", "{renewal}", "Renewals of the receiver lock's lease, by outcome.");
        _changes = meter.CreateCounter<long>("azker.receiver.changes", "{change}", "Changes of how this instance receives.");
        _registered = meter.CreateGauge<long>("azker.webhook.registered", "{webhook}", "Whether a webhook is set at Telegram: 1 or 0.");
        _pending = meter.CreateGauge<long>("azker.webhook.pending", "{update}", "Updates that wait at Telegram (pending_update_count).");
        _errors = meter.CreateCounter<long>("azker.webhook.errors", "{error}", "Failed deliveries that Telegram reports (last_error_date).");
        meter.CreateObservableGauge("azker.lock.held", () => bot.Measure(IsLockHeld() ? 1 : 0), "{lock}", "Whether this instance holds the receiver lock: 1 or 0.");
    }

    /// <summary>Tells whether this instance holds the receiver lock.</summary>
    public Func<bool> IsLockHeld { private get; set; } = () => false;

    public void CountPoll(string outcome) => Count(_polls, TelemetryTags.PollOutcome, outcome);

    public void CountRenewal(string outcome) => Count(_renewals, TelemetryTags.RenewalOutcome, outcome);

    public void CountConflict()
    {
        if (_conflicts.Enabled)
        {
            _conflicts.Add(1, _bot.BotId);
        }
    }

    public void CountChange(string from, string to)
    {
        if (_changes.Enabled)
        {
            _changes.Add(1, _bot.BotId, new(TelemetryTags.ReceiverFrom, from), new(TelemetryTags.ReceiverTo, to));
        }
    }

    public void RecordRegistered(bool isRegistered)
    {
        if (_registered.Enabled)
        {
            _registered.Record(isRegistered ? 1 : 0, _bot.BotId);
        }
    }

    /// <summary>Records an answer of getWebhookInfo.</summary>
    public void RecordWebhook(bool isRegistered, int pendingCount, long? lastErrorDate)
    {
        RecordRegistered(isRegistered);
        if (_pending.Enabled)
        {
            _pending.Record(pendingCount, _bot.BotId);
        }

        if (IsNewError(lastErrorDate) && _errors.Enabled)
        {
            _errors.Add(1, _bot.BotId);
        }
    }

    /// <summary>An error that the first answer tells of may be days old, because no success clears it.</summary>
    private bool IsNewError(long? lastErrorDate)
    {
        lock (_gate)
        {
            bool isNew = _isWebhookKnown && lastErrorDate is not null && lastErrorDate != _lastErrorDate;
            (_isWebhookKnown, _lastErrorDate) = (true, lastErrorDate ?? _lastErrorDate);
            return isNew;
        }
    }

    private void Count(Counter<long> counter, string tag, string value)
    {
        if (counter.Enabled)
        {
            counter.Add(1, _bot.BotId, new(tag, value));
        }
    }
}
