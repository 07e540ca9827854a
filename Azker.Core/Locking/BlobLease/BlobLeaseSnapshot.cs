using Azure;
using Azure.Storage.Blobs.Models;

namespace Azker.Core.Locking.BlobLease;

/// <summary>What is seen of the lock's blob.</summary>
/// <param name="Fault">Why nothing is seen; <see langword="null"/> when the blob is.</param>
/// <param name="ETag">Names what the blob contained when it was read.</param>
/// <param name="Lease">The state of its lease.</param>
/// <param name="Record">Who wrote it; <see langword="null"/> when its content is no record.</param>
internal sealed record BlobLeaseSnapshot(BlobLeaseFault? Fault, ETag ETag, LeaseState Lease, BlobLeaseRecord? Record)
{
    public BlobLeaseSnapshot(BlobLeaseFault fault)
        : this(fault, default, default, null)
    {
    }

    /// <summary>Whether somebody has the lease, if only for the rest of a time after which it is broken.</summary>
    public bool IsLeased => Fault is null && Lease is LeaseState.Leased or LeaseState.Breaking;

    public LockHolder? Holder => IsLeased && Record is { State: not LockState.Released } ? Record.ToHolder() : null;

    /// <summary>Whether the holder said that it is about to release the lease.</summary>
    public bool IsReleasing => IsLeased && Record is { State: LockState.Draining or LockState.Released };

    /// <summary>
    /// Whether a holder may be at work of whom nothing is seen here: the blob is new or overwritten and may have been
    /// deleted under it, its lease was broken, or whoever had to wait for that reason ended before it had.
    /// </summary>
    public bool IsSuspect => Lease == LeaseState.Broken || Record is null or { State: LockState.Quarantine };
}
