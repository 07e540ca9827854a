namespace Azker.Core.Locking.BlobLease;

/// <summary>The proof that the answer to a call gives about the lease of this instance.</summary>
internal enum BlobLeaseOutcome
{
    /// <summary>Nothing is proven: there was no answer, or the fault may pass.</summary>
    Unknown,

    /// <summary>The call succeeded.</summary>
    Succeeded,

    /// <summary>Another instance holds the lease.</summary>
    Held,

    /// <summary>This instance provably does not have the lease.</summary>
    Lost,

    /// <summary>The blob does not exist, so there is no lease either.</summary>
    Missing,

    /// <summary>The container does not exist.</summary>
    ContainerMissing,

    /// <summary>The blob was written after it was read.</summary>
    Changed,

    /// <summary>The credential is refused or lacks a permission. That may pass too: tokens expire and are renewed.</summary>
    Denied,

    /// <summary>The container does not exist, and the credential lacks the permission to create it.</summary>
    ContainerDenied,

    /// <summary>The service does not accept the call of any instance: an emulator is too old, or a name is not allowed.</summary>
    Unusable,
}
