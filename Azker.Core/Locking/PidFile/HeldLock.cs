using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.PidFile;

/// <summary>The files by which a directory is held. Disposing it gives the directory free.</summary>
/// <param name="guarded">The file that carries the lock: <c>bot.lock</c>, or <c>bot.pid</c> where there is no OS lock.</param>
/// <param name="pidFile">Our <c>bot.pid</c>.</param>
/// <param name="record">Its content.</param>
internal sealed class HeldLock(HeldFile guarded, HeldFile pidFile, PidFileRecord record) : IDisposable
{
    private HeldFile _pidFile = pidFile;

    public LockHolder Holder => record.Holder;

    /// <returns>Why the lock is proven to be lost, or <see langword="null"/>.</returns>
    public string? FindLoss() => guarded.FindLoss();

    /// <summary>Puts our record back when somebody removed or replaced it while we hold the lock.</summary>
    /// <returns>Whether that was needed.</returns>
    /// <exception cref="InstanceLockException">It cannot be written.</exception>
    public bool RestoreRecord()
    {
        if (ReferenceEquals(guarded, _pidFile) || _pidFile.FindLoss() is null)
        {
            return false;
        }

        HeldFile restored = PidFileStore.Replace(_pidFile.Path, record);
        _pidFile.Dispose();
        _pidFile = restored;
        return true;
    }

    /// <summary>Removes our record, and only ours.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The right is missing.</exception>
    public void RemoveRecord() => _pidFile.Remove();

    public void Dispose()
    {
        _pidFile.Dispose();
        guarded.Dispose();
    }
}
