namespace Azker.Core.Locking;

/// <summary>
/// A held <see cref="IInstanceLock"/>. Disposing it releases the lock; disposing it again does nothing. Losing it is
/// final: a new handle, with a higher epoch, has to be acquired.
/// </summary>
public interface IInstanceLockHandle : IAsyncDisposable
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
}
