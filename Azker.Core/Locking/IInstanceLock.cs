namespace Azker.Core.Locking;

/// <summary>
/// The receiver lock: the right to poll, and to change how a bot's updates are received. At most one instance
/// holds it at a time.
/// </summary>
internal interface IInstanceLock
{
    /// <summary>Tries once to take the lock.</summary>
    /// <param name="cancellationToken">Ends the attempt; nothing stays held.</param>
    /// <returns>The handle, or <see langword="null"/> when an instance holds the lock, this one included.</returns>
    /// <exception cref="InstanceLockException">The lock cannot be used here, or its storage cannot be reached now.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IInstanceLockHandle?> TryAcquireAsync(CancellationToken cancellationToken);

    /// <summary>Waits, as a standby, until the lock is taken.</summary>
    /// <param name="waitingFor">
    /// Told who holds the lock when the wait starts and each time that changes. Its argument is
    /// <see langword="null"/> when the holder cannot be read at the start; later a moment without a holder is no news.
    /// What it throws ends the wait.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; nothing stays held.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="InstanceLockException">The lock cannot be used here, for a reason that waiting does not cure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IInstanceLockHandle> AcquireAsync(Action<LockHolder?>? waitingFor, CancellationToken cancellationToken);

    /// <summary>Reads who holds the lock now. Any instance may ask, and asking never disturbs the holder.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The holder, or <see langword="null"/> when nobody holds the lock or its record cannot be read.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<LockHolder?> GetHolderAsync(CancellationToken cancellationToken);
}
