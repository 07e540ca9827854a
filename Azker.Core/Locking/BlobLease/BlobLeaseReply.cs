using Azure;

namespace Azker.Core.Locking.BlobLease;

/// <summary>The result of a call that concerns the lease.</summary>
/// <param name="SentAt">The moment before the call was sent.</param>
/// <param name="Fault">Why the call failed; <see langword="null"/> when it succeeded.</param>
/// <param name="ETag">The ETag of the blob's new content, when the call wrote it.</param>
internal readonly record struct BlobLeaseReply(BlobLeaseInstant SentAt, BlobLeaseFault? Fault, ETag ETag)
{
    public BlobLeaseOutcome Outcome => Fault?.Outcome ?? BlobLeaseOutcome.Succeeded;
}
