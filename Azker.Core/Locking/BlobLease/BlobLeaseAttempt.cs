namespace Azker.Core.Locking.BlobLease;

/// <summary>The result of an attempt to take the lock.</summary>
/// <param name="Handle">The lock, or <see langword="null"/> when it was not taken.</param>
/// <param name="Snapshot">The state of the blob, or the fault that prevented the attempt.</param>
internal readonly record struct BlobLeaseAttempt(BlobLeaseLockHandle? Handle, BlobLeaseSnapshot Snapshot);
