using System.Diagnostics;
using System.Diagnostics.Metrics;
using Azker.Core.Updates;

namespace Azker.Core.Telemetry;

/// <summary>The metrics of a bot's updates.</summary>
internal sealed class UpdateMetrics
{
    /// <summary>The outcome of an update that is stored to be handled later.</summary>
    public const string Parked = "parked";

    private static readonly InstrumentAdvice<double> HandlerBuckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    /// <summary>The date of an update has whole seconds, and an update waits at Telegram for 24 h at most.</summary>
    private static readonly InstrumentAdvice<double> LatencyBuckets = new()
    {
        HistogramBucketBoundaries = [1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 21600, 86400],
    };

    private readonly BotMeter _bot;
    private readonly TimeProvider _timeProvider;
    private readonly Counter<long> _updates;
    private readonly Histogram<double> _handlerDuration;
    private readonly Histogram<double> _latency;
    private readonly UpDownCounter<long> _inFlight;
    private readonly Counter<long> _deadLetters;

    public UpdateMetrics(BotMeter bot, TimeProvider timeProvider)
    {
        (_bot, _timeProvider) = (bot, timeProvider);
        Meter meter = bot.Meter;
        _updates = meter.CreateCounter<long>("azker.updates", "{update}", "Updates whose delivery ended or that were parked, by kind and outcome.");
        _handlerDuration = meter.CreateHistogram("azker.handler.duration", "s", "Duration of one attempt to handle an update.", tags: null, HandlerBuckets);
        _latency = meter.CreateHistogram("azker.update.latency", "s", "Time from the date of an update to its settling.", tags: null, LatencyBuckets);
        _inFlight = meter.CreateUpDownCounter<long>("azker.updates.in_flight", "{update}", "Updates that this instance is delivering.");
        _deadLetters = meter.CreateCounter<long>("azker.dead_letters", "{update}", "Updates that became dead letters.");
        meter.CreateObservableUpDownCounter("azker.updates.parked", () => bot.Measure(ParkedCount()), "{update}", "Parked updates that this instance has to handle.");
    }

    /// <summary>Tells how many parked updates this instance has to handle.</summary>
    public Func<int> ParkedCount { private get; set; } = () => 0;

    public bool MeasuresHandlers => _handlerDuration.Enabled;

    /// <summary>Counts an update in flight.</summary>
    /// <returns>Whether it is counted, and so must be counted out. A listener may begin to listen later.</returns>
    public bool TryEnter()
    {
        bool isCounted = _inFlight.Enabled;
        if (isCounted)
        {
            _inFlight.Add(1, _bot.BotId);
        }

        return isCounted;
    }

    public void Leave() => _inFlight.Add(-1, _bot.BotId);

    /// <summary>Counts an update by its outcome.</summary>
    public void Count(ReceivedUpdate update, string outcome)
    {
        if (_updates.Enabled)
        {
            _updates.Add(1, _bot.BotId, KindOf(update.Kind), new(TelemetryTags.UpdateOutcome, outcome));
        }
    }

    public void CountParked(ReceivedUpdate update) => Count(update, Parked);

    /// <summary>Records how long an update took that is settled now. The clock of Telegram may be ahead of this one.</summary>
    public void RecordLatency(ReceivedUpdate update)
    {
        if (_latency.Enabled && update.Date is { } date)
        {
            double seconds = (_timeProvider.GetUtcNow() - date).TotalSeconds;
            _latency.Record(Math.Max(0, seconds), _bot.BotId, KindOf(update.Kind));
        }
    }

    /// <summary>Records an attempt of a handler.</summary>
    public void RecordHandler(ReceivedUpdate update, TimeSpan duration, string outcome, Exception? error)
    {
        if (!_handlerDuration.Enabled)
        {
            return;
        }

        var tags = new TagList { _bot.BotId, KindOf(update.Kind), { TelemetryTags.HandlerOutcome, outcome } };
        if (error is not null)
        {
            tags.Add(TelemetryTags.ErrorType, error.GetType().FullName);
        }

        _handlerDuration.Record(duration.TotalSeconds, tags);
    }

    /// <param name="kind">The kind of the update; <see langword="null"/> for data that is not an update.</param>
    public void CountDeadLetter(string? kind)
    {
        if (_deadLetters.Enabled)
        {
            _deadLetters.Add(1, _bot.BotId, KindOf(kind ?? ""));
        }
    }

    /// <summary>The kind, or <c>_OTHER</c>, as OpenTelemetry names an unknown value: the number of a metric's series stays limited.</summary>
    private static KeyValuePair<string, object?> KindOf(string kind) => new(TelemetryTags.UpdateKind, UpdateKind.Find(kind)?.Name ?? "_OTHER");
}
