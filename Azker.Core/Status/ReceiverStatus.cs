using Azker.Core.Telemetry;

namespace Azker.Core.Status;

/// <summary>The state of receiving, as this instance sees it.</summary>
public sealed class ReceiverStatus
{
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _ageAtStart;
    private readonly long _startedAt;
    private readonly ReceiverMetrics? _metrics;
    private ReceiverMode? _mode;
    private long _notReceivingSince;
    private long _settled;
    private long _conflicts;
    private long _refused;
    private long _tooOld;
    private long _changes;
    private long _receivedAt;
    private long _settledAt;
    private long _attempts;
    private long _handlerTicks;

    /// <param name="timeProvider">The clock.</param>
    /// <param name="age">How long the process has been running.</param>
    /// <param name="metrics">Count the changes and the conflicts.</param>
    internal ReceiverStatus(TimeProvider timeProvider, TimeSpan age = default, ReceiverMetrics? metrics = null)
    {
        (_timeProvider, _ageAtStart, _metrics) = (timeProvider, age, metrics);
        _startedAt = _notReceivingSince = timeProvider.GetTimestamp();
    }

    /// <summary>
    /// How this instance receives updates now. <see langword="null"/> while it only answers requests, so that another instance
    /// may be the receiver.
    /// </summary>
    public ReceiverMode? Mode
    {
        get => _mode;
        internal set
        {
            ReceiverMode? before = _mode;
            _mode = value;
            if (before != value)
            {
                _metrics?.CountChange(NameOf(before), NameOf(value));
                ReceiverChanged();
            }
        }
    }

    /// <summary>How this instance stands by; <see langword="null"/> while it does not.</summary>
    internal ReceiverStandby? Standby { get; set; }

    /// <summary>How often this instance itself has changed how the bot's updates are received.</summary>
    internal long Changes => Interlocked.Read(ref _changes);

    /// <summary>How long the process of this instance has been running.</summary>
    public TimeSpan Uptime => _ageAtStart + RecordedFor;

    /// <summary>How long this instance has recorded its state: on Azure Functions since the first use, which may be long after the start.</summary>
    internal TimeSpan RecordedFor => _timeProvider.GetElapsedTime(_startedAt);

    /// <summary>Whether this instance receives and its last exchange with the Bot API server succeeded.</summary>
    public bool IsReceiving { get; private set; }

    /// <summary>How long this instance has not been receiving; zero while it receives.</summary>
    public TimeSpan NotReceivingFor => IsReceiving ? TimeSpan.Zero : _timeProvider.GetElapsedTime(_notReceivingSince);

    /// <summary>The last fault, in words that a stranger may read; <see langword="null"/> if the last exchange succeeded.</summary>
    public string? Fault { get; private set; }

    /// <summary>How many updates this instance has settled.</summary>
    public long Settled => Interlocked.Read(ref _settled);

    /// <summary>How often a handler has run to its end.</summary>
    internal long Attempts => Interlocked.Read(ref _attempts);

    /// <summary>How long all these handlers ran.</summary>
    internal TimeSpan HandlerTime => new(Interlocked.Read(ref _handlerTicks));

    /// <summary>When the last update arrived, UTC; <see langword="null"/> for none.</summary>
    internal DateTimeOffset? LastReceivedAt => TimeOf(ref _receivedAt);

    /// <summary>When the last update was settled, UTC; <see langword="null"/> for none.</summary>
    internal DateTimeOffset? LastSettledAt => TimeOf(ref _settledAt);

    /// <summary>How often the Bot API server answered 409: a program that does not share the receiver lock receives this bot's updates too.</summary>
    public long Conflicts => Interlocked.Read(ref _conflicts);

    /// <summary>How many updates were settled because the Bot API refused a call of their handler for good, such as for a user who has blocked the bot.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>How many updates were settled without being handled, because they were older than <c>MAX_UPDATE_AGE</c>.</summary>
    public long TooOld => Interlocked.Read(ref _tooOld);

    internal void ExchangeSucceeded() => (IsReceiving, Fault) = (true, null);

    internal void ExchangeFailed(string fault)
    {
        Fault = fault;
        ReceivingEnded();
    }

    internal void ReceivingEnded()
    {
        if (IsReceiving)
        {
            _notReceivingSince = _timeProvider.GetTimestamp();
        }

        IsReceiving = false;
    }

    /// <summary>Says that this instance has changed how the bot's updates are received, so that an older observation no longer counts.</summary>
    internal void ReceiverChanged() => Interlocked.Increment(ref _changes);

    internal void UpdateArrived() => Interlocked.Exchange(ref _receivedAt, _timeProvider.GetUtcNow().Ticks);

    internal void CountSettled()
    {
        Interlocked.Increment(ref _settled);
        Interlocked.Exchange(ref _settledAt, _timeProvider.GetUtcNow().Ticks);
    }

    internal void CountAttempt(TimeSpan duration)
    {
        Interlocked.Increment(ref _attempts);
        Interlocked.Add(ref _handlerTicks, duration.Ticks);
    }

    internal void CountRefused() => Interlocked.Increment(ref _refused);

    internal void CountTooOld() => Interlocked.Increment(ref _tooOld);

    internal void CountConflict()
    {
        Interlocked.Increment(ref _conflicts);
        _metrics?.CountConflict();
    }

    private static DateTimeOffset? TimeOf(ref long ticks) => Interlocked.Read(ref ticks) is > 0 and var time ? new DateTimeOffset(time, TimeSpan.Zero) : null;

    private static string NameOf(ReceiverMode? mode) => mode switch
    {
        ReceiverMode.Polling => "polling",
        ReceiverMode.Webhook => "webhook",
        _ => "none",
    };
}
