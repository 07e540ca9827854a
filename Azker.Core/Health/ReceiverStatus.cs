namespace Azker.Core.Health;

/// <summary>How receiving goes, as seen by this instance.</summary>
public sealed class ReceiverStatus(TimeProvider timeProvider)
{
    private readonly DateTimeOffset _startedAt = timeProvider.GetUtcNow();
    private long _settled;
    private long _conflicts;

    /// <summary>For how long this instance runs.</summary>
    public TimeSpan Uptime => timeProvider.GetUtcNow() - _startedAt;

    /// <summary>Whether this instance receives, and its last exchange with the Bot API server went well.</summary>
    public bool IsReceiving { get; private set; }

    /// <summary>What is wrong, in words; <see langword="null"/> when nothing is.</summary>
    public string? Trouble { get; private set; }

    /// <summary>How many updates this instance has settled.</summary>
    public long Settled => Interlocked.Read(ref _settled);

    /// <summary>How often the Bot API server answered 409: someone who is not Azker receives this bot's updates too.</summary>
    public long Conflicts => Interlocked.Read(ref _conflicts);

    internal void ExchangeSucceeded() => (IsReceiving, Trouble) = (true, null);

    internal void ExchangeFailed(string trouble) => (IsReceiving, Trouble) = (false, trouble);

    internal void ReceivingEnded() => IsReceiving = false;

    internal void CountSettled() => Interlocked.Increment(ref _settled);

    internal void CountConflict() => Interlocked.Increment(ref _conflicts);
}
