namespace Azker.Core.Locking;

/// <summary>What came of a try to take the lock.</summary>
/// <param name="Handle">The lock, or <see langword="null"/> when it was not taken.</param>
/// <param name="Sight">What was seen, or why nothing could be done.</param>
internal readonly record struct BlobLeaseTry(BlobLeaseLockHandle? Handle, BlobLeaseSight Sight);
