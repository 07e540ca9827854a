using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.PidFile;

/// <summary>The OS lock on <c>bot.lock</c> decides, so whatever is in <c>bot.pid</c> was left by a holder that is gone.</summary>
internal sealed class FlockMode(LockDirectory directory, ProofOfDeath proof) : ILockMode
{
    public Task<HeldLock?> TryTakeAsync(LockFile lockFile, Func<long, PidFileRecord> compose, CancellationToken cancellationToken) =>
        Task.FromResult(TryTake(lockFile, compose));

    private HeldLock? TryTake(LockFile lockFile, Func<long, PidFileRecord> compose)
    {
        PidFileRecord? last = directory.CheckFile(directory.PidPath) is null ? null : PidFileStore.Read(directory.PidPath)?.Record;

        // The other party: an instance that was started with OS locks switched off and holds by the record alone.
        if (last is { IsLockItself: true } && !proof.IsGiven(directory.PidPath, last))
        {
            return null;
        }

        PidFileRecord record = compose(Math.Max(last?.Holder.Epoch ?? 0, lockFile.ReadEpoch()));
        lockFile.WriteEpoch(record.Holder.Epoch);
        PidFileStore.RemoveLeftovers(directory.PidPath);
        HeldFile file = PidFileStore.Replace(directory.PidPath, record);
        return new HeldLock(lockFile.File, file, record);
    }
}
