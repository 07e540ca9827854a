namespace Azker.Core.Locking.BlobLease;

/// <summary>When to call the storage service next.</summary>
/// <param name="renewInterval">The usual time between two renewals.</param>
/// <param name="random">Gives a number from 0 to 1.</param>
internal sealed class BlobLeaseSchedule(TimeSpan renewInterval, Func<double> random)
{
    /// <summary>A renewal that failed is repeated about twenty times before the deadline when it fails fast.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(0.4);

    /// <summary>Between two looks of a standby; short, because the holder said that it goes.</summary>
    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>The same between the holder's last word and its release, which follows at once.</summary>
    private static readonly TimeSpan LastPoll = TimeSpan.FromMilliseconds(10);

    /// <summary>Between two looks of a standby at the OS lock of a holder on its own machine.</summary>
    public static readonly TimeSpan LocalPoll = TimeSpan.FromMilliseconds(20);

    /// <summary>For how long a release may keep a stopping program waiting.</summary>
    public static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StandbyPoll = TimeSpan.FromSeconds(1);

    public TimeSpan AfterRenewal() => Around(renewInterval, 0.1);

    public TimeSpan BetweenLooks(BlobLeaseSnapshot snapshot) => !snapshot.IsReleasing
        ? Around(StandbyPoll, 0.2)
        : snapshot.Record!.State == LockState.Released ? LastPoll : ReadyPoll;

    /// <summary>A service that asks for more time gets it, but never so much that the lease runs out meanwhile.</summary>
    public static TimeSpan AfterFault(TimeSpan? retryAfter, TimeSpan remaining)
    {
        TimeSpan half = remaining / 2;
        return retryAfter is { } wanted && wanted > Retry ? (wanted < half ? wanted : Max(half, Retry)) : Retry;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private TimeSpan Around(TimeSpan middle, double spread) => middle * (1 - spread + (2 * spread * random()));
}
