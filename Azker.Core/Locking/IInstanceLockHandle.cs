namespace Azker.Core.Locking;

/// <summary>
/// A held <see cref="IInstanceLock"/>. Disposing it releases the lock; disposing it again does nothing. A loss is final:
/// the instance has to acquire a new handle, which has a higher epoch.
/// </summary>
internal interface IInstanceLockHandle : IAsyncDisposable
{
    /// <summary>The description of this instance, as it was written when the lock was taken.</summary>
    LockHolder Holder { get; }

    /// <summary>
    /// Is cancelled when the lock is lost while it should be held, but not when it is released. Work under the lock uses
    /// this token.
    /// </summary>
    CancellationToken Lost { get; }

    /// <summary>Why the lock was lost, as text; <see langword="null"/> while it is not lost.</summary>
    string? LostReason { get; }

    /// <summary>
    /// How long this instance certainly still holds the lock if no renewal succeeds from now on. Read it before every action
    /// that is reserved to the holder. <see cref="TimeSpan.MaxValue"/> for a lock that needs no renewal;
    /// <see cref="TimeSpan.Zero"/> once the lock is lost or released.
    /// </summary>
    TimeSpan Remaining { get; }

    /// <summary>How long ago the last renewal was sent that the storage confirmed; <see langword="null"/> for a lock that needs no renewal.</summary>
    TimeSpan? SinceRenewal => null;

    /// <summary>
    /// Tells the standbys that the release is near, so that one of them takes the lock as soon as it is released. Call it
    /// when the work under the lock begins to stop; the lock stays held until it is disposed. On a lock that is lost or
    /// released it does nothing. A storage fault is logged, not thrown.
    /// </summary>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task AnnounceDrainingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
