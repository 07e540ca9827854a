namespace Azker.Core.Status;

/// <summary>The state of receiving, as this instance sees it.</summary>
public sealed class ReceiverStatus
{
    private readonly TimeProvider _timeProvider;
    private readonly long _startedAt;
    private long _notReceivingSince;
    private long _settled;
    private long _conflicts;
    private long _refused;
    private long _tooOld;

    internal ReceiverStatus(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _startedAt = _notReceivingSince = timeProvider.GetTimestamp();
    }

    /// <summary>
    /// How this instance receives updates now. <see langword="null"/> while it only answers requests, so that another instance
    /// may be the receiver.
    /// </summary>
    public ReceiverMode? Mode { get; internal set; }

    /// <summary>How this instance stands by; <see langword="null"/> while it does not.</summary>
    internal ReceiverStandby? Standby { get; set; }

    /// <summary>How long this instance has been running.</summary>
    public TimeSpan Uptime => _timeProvider.GetElapsedTime(_startedAt);

    /// <summary>Whether this instance receives and its last exchange with the Bot API server succeeded.</summary>
    public bool IsReceiving { get; private set; }

    /// <summary>How long this instance has not been receiving; zero while it receives.</summary>
    public TimeSpan NotReceivingFor => IsReceiving ? TimeSpan.Zero : _timeProvider.GetElapsedTime(_notReceivingSince);

    /// <summary>The last fault, in words that a stranger may read; <see langword="null"/> if the last exchange succeeded.</summary>
    public string? Fault { get; private set; }

    /// <summary>How many updates this instance has settled.</summary>
    public long Settled => Interlocked.Read(ref _settled);

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

    internal void CountSettled() => Interlocked.Increment(ref _settled);

    internal void CountRefused() => Interlocked.Increment(ref _refused);

    internal void CountTooOld() => Interlocked.Increment(ref _tooOld);

    internal void CountConflict() => Interlocked.Increment(ref _conflicts);
}
