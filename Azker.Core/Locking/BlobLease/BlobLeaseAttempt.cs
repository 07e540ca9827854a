namespace Azker.Core.Locking.BlobLease;

/// <summary>What came of a try to take the lock.</summary>
/// <param name="Handle">The lock, or <see langword="null"/> when it was not taken.</param>
/// <param name="Snapshot">What was seen, or why nothing could be done.</param>
internal readonly record struct BlobLeaseAttempt(BlobLeaseLockHandle? Handle, BlobLeaseSnapshot Snapshot);
