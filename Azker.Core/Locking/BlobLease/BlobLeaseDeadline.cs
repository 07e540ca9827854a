namespace Azker.Core.Locking.BlobLease;

/// <summary>
/// Until when a lease is certainly ours: counted from the moment before the last confirmed call was sent, since the
/// storage service started its own count at that moment or later.
/// </summary>
internal sealed class BlobLeaseDeadline(BlobLeaseClock clock, TimeSpan deadline, BlobLeaseInstant sentAt)
{
    private BlobLeaseInstant _sentAt = sentAt;

    /// <summary>How much time is left; zero or less once the deadline has passed.</summary>
    public TimeSpan Remaining => deadline - clock.Elapsed(_sentAt);

    /// <summary>How long ago the last confirmed call was sent.</summary>
    public TimeSpan SinceConfirmed => clock.Elapsed(_sentAt);

    /// <summary>Moves the deadline on. An answer that comes after the deadline changes nothing.</summary>
    /// <returns>Whether it came in time.</returns>
    public bool TryConfirm(BlobLeaseInstant sentAt)
    {
        if (Remaining <= TimeSpan.Zero)
        {
            return false;
        }

        _sentAt = sentAt;
        return true;
    }
}
