using Azker.Core.Locking.OsLock;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.PidFile;

/// <summary>
/// For file systems without an OS lock: whoever creates <c>bot.pid</c> holds the directory. A record that was left
/// behind is cleared away only when its writer is proven dead.
/// </summary>
internal sealed partial class ExistenceMode(LockDirectory directory, ProofOfDeath proof, TimeProvider timeProvider, ILogger logger) : ILockMode
{
    private const int Attempts = 100;
    private static readonly TimeSpan MalformedPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MalformedPoll = TimeSpan.FromMilliseconds(10);

    public async Task<HeldLock?> TryTakeAsync(LockFile lockFile, Func<long, PidFileRecord> compose, CancellationToken cancellationToken)
    {
        long lastEpoch = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryCreate(lockFile, () => compose(Math.Max(lastEpoch, lockFile.ReadEpoch()))) is { } held)
            {
                return held;
            }

            directory.CheckFile(directory.PidPath);
            if (PidFileStore.Read(directory.PidPath) is not { } found)
            {
                continue;
            }

            lastEpoch = Math.Max(lastEpoch, found.Record?.Holder.Epoch ?? 0);
            if (!await IsLeftBehindAsync(directory.PidPath, found, cancellationToken) || !await TryClearAsync(found, () => compose(0), cancellationToken))
            {
                return null;
            }
        }

        Log.Unreadable(logger, directory.PidPath);
        return null;
    }

    private HeldLock? TryCreate(LockFile lockFile, Func<PidFileRecord> compose)
    {
        PidFileRecord own = null!;
        HeldFile? file = PidFileStore.TryCreate(directory.PidPath, () => own = compose());

        // The other party: whoever took our half-written record for a malformed one that was left behind.
        if (file?.FindLoss() is not null)
        {
            file.Dispose();
            return null;
        }

        if (file is null)
        {
            return null;
        }

        try
        {
            lockFile.WriteEpoch(own.Holder.Epoch);
        }
        catch (InstanceLockException)
        {
            file.Remove();
            file.Dispose();
            throw;
        }

        lockFile.Dispose();
        return new HeldLock(file, file, own);
    }

    /// <summary>Whether the writer of a file is proven dead. A malformed file gets time to become whole.</summary>
    private async Task<bool> IsLeftBehindAsync(string path, PidFileContent found, CancellationToken cancellationToken)
    {
        if (found.Record is { } record)
        {
            return proof.IsGiven(path, record);
        }

        long start = timeProvider.GetTimestamp();
        while (timeProvider.GetElapsedTime(start) < MalformedPatience)
        {
            await Task.Delay(MalformedPoll, timeProvider, cancellationToken);
            if (PidFileStore.Read(path) != found)
            {
                // It is being written, or it is gone: the caller looks again.
                return PidFileStore.Read(path)?.Record is not { } written || written.Judge() == Liveness.Dead;
            }
        }

        return true;
    }

    /// <summary>Clears a dead holder's record away, one clearer at a time.</summary>
    /// <returns>Whether to try again; otherwise another instance is about to take the lock.</returns>
    private async Task<bool> TryClearAsync(PidFileContent found, Func<PidFileRecord> composeClaim, CancellationToken cancellationToken)
    {
        HeldFile? claim = PidFileStore.TryCreate(directory.BreakPath, composeClaim);
        if (claim is null)
        {
            directory.CheckFile(directory.BreakPath);
            if (PidFileStore.Read(directory.BreakPath) is { } other && await IsLeftBehindAsync(directory.BreakPath, other, cancellationToken))
            {
                MoveAside(directory.BreakPath, other);
                return true;
            }

            return false;
        }

        using (claim)
        {
            try
            {
                // Only who has the claim removes a dead holder's record, so it is still this one or a live one by now.
                if (PidFileStore.Read(directory.PidPath) == found)
                {
                    MoveAside(directory.PidPath, found);
                    Log.Cleared(logger, directory.PidPath, found.Record?.Holder.ProcessId);
                }
            }
            finally
            {
                claim.Remove();
            }

            return true;
        }
    }

    /// <summary>Moves a file to a name nobody else knows, looks whether it is the right one, and only then removes it.</summary>
    private static void MoveAside(string path, PidFileContent expected)
    {
        string aside = PidFileStore.Aside(path);
        try
        {
            File.Move(path, aside);
            if (PidFileStore.Read(aside) == expected)
            {
                File.Delete(aside);
            }
            else
            {
                File.Move(aside, path);
            }
        }
        catch (IOException e) when (e is FileNotFoundException || LockFault.IsExisting(e))
        {
            // The other party was faster: it removed the file, or put a new one in its place.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "Cleared {Path} away; its writer, process {ProcessId}, is gone")]
        public static partial void Cleared(ILogger logger, string path, int? processId);

        [LoggerMessage(3, LogLevel.Warning,
            "{Path} is there but cannot be read, so the lock counts as held. Give this user the right to read it, or remove it if nothing runs")]
        public static partial void Unreadable(ILogger logger, string path);
    }
}
