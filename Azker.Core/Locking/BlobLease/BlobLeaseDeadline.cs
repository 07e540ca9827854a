namespace Azker.Core.Locking.BlobLease;

/// <summary>
/// The time until which this instance certainly has the lease, counted from the moment before the last confirmed call was
/// sent: the storage service started its own count at that moment or later.
/// </summary>
internal sealed class BlobLeaseDeadline(BlobLeaseClock clock, TimeSpan deadline, BlobLeaseInstant sentAt)
{
    private BlobLeaseInstant _sentAt = sentAt;

    /// <summary>The time that remains; zero or less after the deadline.</summary>
    public TimeSpan Remaining => deadline - clock.Elapsed(_sentAt);

    /// <summary>The time since the last confirmed call was sent.</summary>
    public TimeSpan SinceConfirmed => clock.Elapsed(_sentAt);

    /// <summary>Extends the deadline. An answer after the deadline changes nothing.</summary>
    /// <returns>Whether the answer came in time.</returns>
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
