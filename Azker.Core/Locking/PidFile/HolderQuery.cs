using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.PidFile;

/// <summary>Finds the holder of a data directory without taking its OS lock.</summary>
internal static class HolderQuery
{
    private const int Attempts = 5;

    /// <returns>The holder, or <see langword="null"/> when no instance holds the lock or the record cannot be read.</returns>
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

    /// <summary>The writer keeps an OS lock on its record for as long as the one on bot.lock, and no starter waits for it.</summary>
    private static bool IsHeld(string pidPath, PidFileRecord record) =>
        ProcessIdentity.Current.LivenessOf(record.Process) != Liveness.Dead && (PidFileStore.IsWriterAlive(pidPath) ?? true);
}
