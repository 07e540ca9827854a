using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.PidFile;

/// <summary>The files by which a data directory is held. Disposing it releases the directory.</summary>
internal sealed class HeldLock(LockFile lockFile, HeldFile pidFile, PidFileRecord record) : IDisposable
{
    private HeldFile _pidFile = pidFile;

    public LockHolder Holder => record.Holder;

    /// <summary>The name of the file with the record, such as <c>bot.pid</c>.</summary>
    public string RecordName => Path.GetFileName(_pidFile.Path);

    /// <returns>Why the lock is proven to be lost, or <see langword="null"/>.</returns>
    public string? FindLoss() => lockFile.File.FindLoss();

    /// <summary>Writes the record again when another program removed or replaced it while the lock is held.</summary>
    /// <returns>Whether that was needed.</returns>
    /// <exception cref="InstanceLockException">It cannot be written.</exception>
    public bool RestoreRecord()
    {
        if (_pidFile.FindLoss() is null)
        {
            return false;
        }

        HeldFile restored = PidFileStore.Replace(_pidFile.Path, record);
        _pidFile.Dispose();
        _pidFile = restored;
        return true;
    }

    /// <summary>Removes the record, unless it is another holder's.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The right is missing.</exception>
    public void RemoveRecord() => _pidFile.Remove();

    public void Dispose()
    {
        _pidFile.Dispose();
        lockFile.Dispose();
    }
}
