namespace Azker.Core.Status;

/// <summary>How receiving goes, as seen by this instance.</summary>
public sealed class ReceiverStatus(TimeProvider timeProvider)
{
    private readonly DateTimeOffset _startedAt = timeProvider.GetUtcNow();
    private DateTimeOffset _notReceivingSince = timeProvider.GetUtcNow();
    private long _settled;
    private long _conflicts;

    /// <summary>
    /// What this instance does now. <see langword="null"/> while it only answers requests, and others may receive instead.
    /// </summary>
    public ReceiverMode? Mode { get; internal set; }

    /// <summary>For how long this instance runs.</summary>
    public TimeSpan Uptime => timeProvider.GetUtcNow() - _startedAt;

    /// <summary>Whether this instance receives, and its last exchange with the Bot API server went well.</summary>
    public bool IsReceiving { get; private set; }

    /// <summary>For how long it has not received; zero while it does.</summary>
    public TimeSpan NotReceivingFor => IsReceiving ? TimeSpan.Zero : timeProvider.GetUtcNow() - _notReceivingSince;

    /// <summary>What is wrong, in words that a stranger may read; <see langword="null"/> when nothing is.</summary>
    public string? Trouble { get; private set; }

    /// <summary>How many updates this instance has settled.</summary>
    public long Settled => Interlocked.Read(ref _settled);

    /// <summary>How often the Bot API server answered 409: someone who is not Azker receives this bot's updates too.</summary>
    public long Conflicts => Interlocked.Read(ref _conflicts);

    internal void ExchangeSucceeded() => (IsReceiving, Trouble) = (true, null);

    internal void ExchangeFailed(string trouble)
    {
        Trouble = trouble;
        ReceivingEnded();
    }

    internal void ReceivingEnded()
    {
        if (IsReceiving)
        {
            _notReceivingSince = timeProvider.GetUtcNow();
        }

        IsReceiving = false;
    }

    internal void CountSettled() => Interlocked.Increment(ref _settled);

    internal void CountConflict() => Interlocked.Increment(ref _conflicts);
}
