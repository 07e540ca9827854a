namespace Azker.Core.Locking.BlobLease;

/// <summary>What an answer of the storage service says about our lease.</summary>
internal enum BlobLeaseOutcome
{
    /// <summary>Nothing: the answer is missing, or tells of a fault that may pass.</summary>
    Unknown,

    /// <summary>It was done; a lease is ours, or was released.</summary>
    Succeeded,

    /// <summary>Another instance holds the lease.</summary>
    Held,

    /// <summary>It is proven that the lease is not ours.</summary>
    Lost,

    /// <summary>The blob is not there, so there is no lease on it either.</summary>
    Missing,

    /// <summary>The container is not there.</summary>
    ContainerMissing,

    /// <summary>The blob was written since it was read.</summary>
    Changed,

    /// <summary>The credential is refused or has too few rights. That may pass too: tokens expire and are renewed.</summary>
    Denied,
}
