using Azker.Core.Infrastructure;
using Azure.Storage.Blobs.Models;

namespace Azker.Core.Locking.BlobLease;

/// <summary>A failed call to the storage service, and what it proves about the lease of this instance.</summary>
/// <param name="Outcome">The proof.</param>
/// <param name="Evidence">The answer in short, without anything secret.</param>
/// <param name="RetryAfter">When the service asked to be called again, if it did.</param>
internal sealed record BlobLeaseFault(BlobLeaseOutcome Outcome, string Evidence, TimeSpan? RetryAfter = null)
{
    /// <summary>Not among the SDK's constants: a lease that was released or has ended (Blob service error codes).</summary>
    private const string LeaseNotPresent = "LeaseNotPresent";

    /// <summary>
    /// Whether the service refuses this instance: a permission is missing, or it does not accept the call. That may pass: tokens expire and
    /// are renewed.
    /// </summary>
    public bool IsDenied => Outcome is BlobLeaseOutcome.Denied or BlobLeaseOutcome.ContainerDenied or BlobLeaseOutcome.Unusable;

    public static BlobLeaseFault Of(StorageFault fault) => new(Classify(fault), fault.Evidence, fault.RetryAfter);

    private static BlobLeaseOutcome Classify(StorageFault fault) => fault.Status switch
    {
        _ when fault.IsDenied => BlobLeaseOutcome.Denied,
        400 => BlobLeaseOutcome.Unusable,
        404 when fault.ErrorCode == BlobErrorCode.ContainerNotFound => BlobLeaseOutcome.ContainerMissing,
        404 => BlobLeaseOutcome.Missing,
        409 or 412 => ClassifyConflict(fault.ErrorCode ?? ""),
        _ => BlobLeaseOutcome.Unknown,
    };

    private static BlobLeaseOutcome ClassifyConflict(string errorCode)
    {
        if (errorCode == BlobErrorCode.LeaseAlreadyPresent || errorCode == BlobErrorCode.LeaseIsBreakingAndCannotBeAcquired)
        {
            return BlobLeaseOutcome.Held;
        }

        if (errorCode == BlobErrorCode.ConditionNotMet || errorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return BlobLeaseOutcome.Changed;
        }

        return errorCode == BlobErrorCode.LeaseLost
            || errorCode == BlobErrorCode.LeaseIdMissing
            || errorCode == BlobErrorCode.LeaseIsBrokenAndCannotBeRenewed
            || errorCode == BlobErrorCode.LeaseIsBreakingAndCannotBeChanged
            || errorCode.StartsWith("LeaseIdMismatchWith", StringComparison.Ordinal)
            || errorCode.StartsWith(LeaseNotPresent, StringComparison.Ordinal)
            ? BlobLeaseOutcome.Lost
            : BlobLeaseOutcome.Unknown;
    }
}
