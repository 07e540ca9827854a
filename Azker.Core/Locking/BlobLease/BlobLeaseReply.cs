using Azure;

namespace Azker.Core.Locking.BlobLease;

/// <summary>What came of a call that concerns our lease.</summary>
/// <param name="SentAt">The moment before it was sent.</param>
/// <param name="Fault">What went wrong; <see langword="null"/> when it was done.</param>
/// <param name="ETag">The blob's new content, when the call wrote it.</param>
internal readonly record struct BlobLeaseReply(BlobLeaseInstant SentAt, BlobLeaseFault? Fault, ETag ETag)
{
    public BlobLeaseOutcome Outcome => Fault?.Outcome ?? BlobLeaseOutcome.Succeeded;
}
