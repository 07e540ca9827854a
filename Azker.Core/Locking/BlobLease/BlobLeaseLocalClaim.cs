using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.BlobLease;

/// <summary>The OS lock by which a holder shows other instances on its machine that it runs. Disposing it releases the lock.</summary>
internal sealed class BlobLeaseLocalClaim(LockFile lockFile, LockDirectory directory, string recordPath) : IDisposable
{
    /// <summary>The possible ids of the lease of a crashed holder; empty when there is none.</summary>
    public IReadOnlyList<string> Adoptable { get; } = ReadAdoptable(directory, recordPath);

    /// <summary>
    /// Writes the lease ids for a successor. The caller writes them before it acquires the lease, so that a crash between the
    /// two leaves them.
    /// </summary>
    /// <returns>Whether the ids were written; otherwise a takeover after a crash waits until the lease ends.</returns>
    public bool TryWrite(IReadOnlyList<string> leaseIds)
    {
        try
        {
            AtomicFile.RemoveLeftovers(recordPath);
            AtomicFile.Write(recordPath, new BlobLeaseLocalRecord(leaseIds, ProcessIdentity.Current).ToJson());
            return true;
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            return false;
        }
    }

    /// <summary>Removes the lease ids: the lease was released or lost.</summary>
    public void Forget()
    {
        try
        {
            // The other party: an instance that took the lock after our lock file was removed; the record is its own then.
            if (lockFile.File.FindLoss() is null)
            {
                File.Delete(recordPath);
            }
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            // No instance adopts a lease that has ended: the service refuses its id, or the lease is free anyway.
        }
    }

    public void Dispose() => lockFile.Dispose();

    private static IReadOnlyList<string> ReadAdoptable(LockDirectory directory, string recordPath)
    {
        try
        {
            return directory.CheckFile(recordPath) is not null
                && BlobLeaseLocalRecord.Parse(File.ReadAllBytes(recordPath)) is { } record
                && record.IsAdoptableBy(ProcessIdentity.Current)
                    ? record.LeaseIds
                    : [];
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            return [];
        }
    }
}
