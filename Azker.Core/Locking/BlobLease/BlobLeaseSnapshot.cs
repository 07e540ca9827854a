using Azure;
using Azure.Storage.Blobs.Models;

namespace Azker.Core.Locking.BlobLease;

/// <summary>The state of the lock's blob, as it was read.</summary>
/// <param name="Fault">Why the blob could not be read; <see langword="null"/> when it was read.</param>
/// <param name="ETag">Identifies the content of the blob.</param>
/// <param name="Lease">The state of the lease.</param>
/// <param name="Record">The record of the writer; <see langword="null"/> when the content is not a record.</param>
internal sealed record BlobLeaseSnapshot(BlobLeaseFault? Fault, ETag ETag, LeaseState Lease, BlobLeaseRecord? Record)
{
    public BlobLeaseSnapshot(BlobLeaseFault fault)
        : this(fault, default, default, null)
    {
    }

    /// <summary>Whether an instance has the lease, even if only for the remaining time of a lease that is breaking.</summary>
    public bool IsLeased => Fault is null && Lease is LeaseState.Leased or LeaseState.Breaking;

    public LockHolder? Holder => IsLeased && Record is { State: not LockState.Released } ? Record.ToHolder() : null;

    /// <summary>Whether the holder announced its release.</summary>
    public bool IsReleasing => IsLeased && Record is { State: LockState.Draining or LockState.Released };

    /// <summary>
    /// Whether an unknown holder may still act: the blob is new or overwritten, and may have been deleted during a lease; or
    /// the lease was broken; or an instance that waited for one of these reasons ended before its wait did.
    /// </summary>
    public bool IsSuspect => Lease == LeaseState.Broken || Record is null or { State: LockState.Quarantine };
}
