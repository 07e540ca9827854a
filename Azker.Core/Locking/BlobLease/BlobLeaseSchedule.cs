using Azker.Core.Configuration;

namespace Azker.Core.Locking.BlobLease;

/// <summary>Computes the pauses between the calls to the storage service.</summary>
/// <param name="renewInterval">The usual time between two renewals.</param>
/// <param name="random">Gives a number from 0 to 1.</param>
internal sealed class BlobLeaseSchedule(TimeSpan renewInterval, Func<double> random)
{
    /// <summary>The pause after a failed renewal. A renewal that fails fast is repeated about twenty times before the deadline.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(0.4);

    /// <summary>The pause between two reads of a standby after the holder announced its release.</summary>
    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>The pause between two reads of a standby after the holder wrote that it releases the lock, which follows at once.</summary>
    private static readonly TimeSpan LastPoll = TimeSpan.FromMilliseconds(10);

    /// <summary>The pause between two checks of a standby of the OS lock of a holder on its machine.</summary>
    public static readonly TimeSpan LocalPoll = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest time of a release, for which a stopping program waits.</summary>
    public static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StandbyPoll = TimeSpan.FromSeconds(1);

    public TimeSpan AfterRenewal() => Around(renewInterval, LockOptions.RenewJitter);

    public TimeSpan BetweenReads(BlobLeaseSnapshot snapshot) => !snapshot.IsReleasing
        ? Around(StandbyPoll, 0.2)
        : snapshot.Record!.State == LockState.Released ? LastPoll : ReadyPoll;

    /// <summary>The pause that the service asked for, but never so long that the lease ends during it.</summary>
    public static TimeSpan AfterFault(TimeSpan? retryAfter, TimeSpan remaining)
    {
        TimeSpan half = remaining / 2;
        return retryAfter is { } wanted && wanted > Retry ? (wanted < half ? wanted : Max(half, Retry)) : Retry;
    }

    private static TimeSpan Max(TimeSpan first, TimeSpan second) => first > second ? first : second;

    private TimeSpan Around(TimeSpan middle, double spread) => middle * (1 - spread + (2 * spread * random()));
}
