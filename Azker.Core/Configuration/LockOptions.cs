namespace Azker.Core.Configuration;

/// <summary>
/// How the receiver lock is held in a storage account: as the lease of one blob. Without a storage account these options
/// have no effect.
/// </summary>
public sealed class LockOptions
{
    /// <summary>The default of <see cref="Container"/>.</summary>
    public const string DefaultContainer = "azker";

    /// <summary>The part of <see cref="LeaseDuration"/> that <see cref="Deadline"/> may reach.</summary>
    internal const double MaxDeadlineRatio = 0.85;

    /// <summary>The part of <see cref="RenewInterval"/> by which a pause between two renewals varies.</summary>
    internal const double RenewJitter = 0.1;

    /// <summary>
    /// <c>LOCK_CONTAINER</c>: the blob container of the lock. Default <see cref="DefaultContainer"/>. 3 to 63 of
    /// <c>a-z 0-9 -</c>, with no <c>-</c> at an end or beside another <c>-</c> (Blob service, Naming Containers). Azker
    /// creates the container if its rights allow.
    /// </summary>
    public string Container { get; set; } = DefaultContainer;

    /// <summary>
    /// <c>LOCK_NAME</c>: the blob that is the lock. The instances that name the same blob compete for it. Default empty:
    /// <c>bot-</c> and the bot's user id, which validated options have here. 1 to 200 of <c>A-Z a-z 0-9 . _ -</c>, starting
    /// with a letter or digit.
    /// </summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// <c>LOCK_LEASE_DURATION</c>, in seconds: how long the storage service keeps the lock for a holder that went silent.
    /// Default 15 s, 15 s to 60 s, whole seconds (Blob service, Lease Blob). A longer lease survives longer faults of the
    /// storage, and delays the takeover after a crash.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// <c>LOCK_DEADLINE</c>, in seconds: the time without a confirmed renewal after which the holder gives the lock up by
    /// itself, counted from when the last confirmed request was sent. Default 12 s, 1 s to 51 s; at most 0.85 of
    /// <see cref="LeaseDuration"/>, so that the holder has stopped before another instance can start. A longer deadline
    /// survives longer faults of the storage, and leaves less time to stop.
    /// </summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// <c>LOCK_RENEW_INTERVAL</c>, in seconds: how often the holder renews the lease, varied by up to 10 %. Default 4 s,
    /// 0.5 s to 50 s; with 10 % more and <see cref="AttemptTimeout"/>, at most <see cref="Deadline"/>. A longer interval means
    /// fewer requests, and fewer attempts before the deadline.
    /// </summary>
    public TimeSpan RenewInterval { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// <c>LOCK_ATTEMPT_TIMEOUT</c>, in seconds: the time limit of one request to the storage. Default 2.5 s, 0.1 s to 49 s;
    /// below <see cref="RenewInterval"/>. A longer limit tolerates a slower storage, and leaves fewer attempts before the
    /// deadline.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// <c>LOCK_FAST_TAKEOVER</c>: whether an instance on the same machine with the same <c>DATA_DIR</c> takes over from a
    /// crashed holder at once, instead of when the lease ends. Default <see langword="true"/>. An OS lock in
    /// <c>DATA_DIR</c> and the identity of the process prove the crash; without this proof the lease decides.
    /// </summary>
    public bool FastTakeover { get; set; } = true;
}
