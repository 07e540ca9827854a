namespace Azker.Core.Locking;

/// <summary>
/// The receiver lock: the right to poll, and to change how a bot's updates are received. At most one instance
/// holds it at a time.
/// </summary>
internal interface IInstanceLock
{
    /// <summary>Tries once to take the lock.</summary>
    /// <param name="cancellationToken">Cancels the attempt; the lock is not held then.</param>
    /// <returns>The handle, or <see langword="null"/> when an instance holds the lock, this instance included.</returns>
    /// <exception cref="InstanceLockException">The lock cannot be used here, or its storage cannot be reached now.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken);

    /// <summary>Waits, as a standby, until the lock is taken.</summary>
    /// <param name="waitingFor">
    /// Called with the holder when the wait starts, and each time the holder changes. The argument is
    /// <see langword="null"/> when the holder cannot be read at the start; a later moment without a holder is not reported.
    /// An exception that it throws ends the wait.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait; the lock is not held then.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="InstanceLockException">The lock cannot be used here, and waiting does not help.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken);

    /// <summary>
    /// Checks that the lock can be used here. A run that needs the lock only later calls it at its start, so that a missing
    /// permission ends the start and not the takeover.
    /// </summary>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="InstanceLockException">A permission is missing. A storage that cannot be reached now is no such fault.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Reads the current holder. Any instance may call it; the call never disturbs the holder.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The holder, or <see langword="null"/> when no instance holds the lock or the record cannot be read.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken);

    /// <summary>
    /// How long ago this instance renewed the lock; <see langword="null"/> while it does not hold the lock, and for a lock that
    /// needs no renewal.
    /// </summary>
    TimeSpan? SinceRenewal => null;
}
