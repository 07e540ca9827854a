using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.PidFile;

/// <summary>Finds out who holds a directory, without ever taking what decides that.</summary>
internal static class HolderQuery
{
    private const int Attempts = 5;

    /// <returns>The holder, or <see langword="null"/> when nobody holds the lock or the record cannot be read.</returns>
    public static LockHolder? Find(string pidPath)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (PidFileStore.Read(pidPath) is not { Record: { } record } content || !IsHeld(pidPath, record))
            {
                return null;
            }

            // The other party: a next holder that came after the record was read and is the one found alive.
            if (PidFileStore.Read(pidPath) == content)
            {
                return record.Holder;
            }
        }

        return null;
    }

    private static bool IsHeld(string pidPath, PidFileRecord record)
    {
        Liveness liveness = record.Judge();
        if (liveness == Liveness.Dead || record.IsLockItself)
        {
            return liveness != Liveness.Dead;
        }

        // The writer keeps an OS lock on its record for as long as the one on bot.lock, and no starter waits for it.
        return PidFileStore.IsWriterAlive(pidPath) ?? true;
    }
}
