namespace Azker.Core.Locking;

/// <summary>
/// A held <see cref="IInstanceLock"/>. Disposing it releases the lock; disposing it again does nothing. Losing it is
/// final: a new handle, with a higher epoch, has to be acquired.
/// </summary>
internal interface IInstanceLockHandle : IAsyncDisposable
{
    /// <summary>What this instance wrote about itself when it took the lock.</summary>
    LockHolder Holder { get; }

    /// <summary>
    /// Falls when the lock is lost while it should be held. It does not fall on release. Work done under the lock
    /// runs under this token.
    /// </summary>
    CancellationToken Lost { get; }

    /// <summary>Why the lock was lost, in words; <see langword="null"/> while it is not.</summary>
    string? LostReason { get; }

    /// <summary>
    /// For how long the lock is still certainly ours, if no renewal succeeds from now on. Read it before every act
    /// that only the holder may do. <see cref="TimeSpan.MaxValue"/> for a lock that needs no renewal;
    /// <see cref="TimeSpan.Zero"/> once the lock is lost or released.
    /// </summary>
    TimeSpan Remaining { get; }

    /// <summary>
    /// Tells the standbys that the lock is about to be released, so that one of them takes it at once when it is. Call
    /// it when the work under the lock begins to stop; the lock stays held until it is disposed. It does nothing on a lock
    /// that is lost or released, and a fault of the storage is logged, not thrown.
    /// </summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task AnnounceDrainingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
