using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.PidFile;

/// <summary>One of the two ways in which a directory is held by one instance.</summary>
internal interface ILockMode
{
    /// <param name="lockFile">The open <c>bot.lock</c>; the caller closes it when nothing was taken.</param>
    /// <param name="compose">Makes our record; takes the last known epoch of earlier holders, 0 for none.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing stays held.</param>
    /// <returns>What is held, or <see langword="null"/> when another instance holds it.</returns>
    Task<HeldLock?> TryTakeAsync(LockFile lockFile, Func<long, PidFileRecord> compose, CancellationToken cancellationToken);
}
