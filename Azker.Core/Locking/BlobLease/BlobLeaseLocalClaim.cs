using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.BlobLease;

/// <summary>The OS lock by which a holder shows its own machine that it lives. Disposing it gives the lock up.</summary>
internal sealed class BlobLeaseLocalClaim(LockFile lockFile, LockDirectory directory, string recordPath) : IDisposable
{
    /// <summary>The ids of a lease whose holder crashed; empty when there is none.</summary>
    public IReadOnlyList<string> Adoptable { get; } = ReadAdoptable(directory, recordPath);

    /// <summary>Keeps what a successor needs. Written before the lease is taken, so that no crash falls between the two.</summary>
    /// <returns>Whether it was written; if it was not, a crash is succeeded when the lease ends.</returns>
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

    /// <summary>Leaves nothing to adopt: the lease was given up, or lost.</summary>
    public void Forget()
    {
        try
        {
            // The other party: whoever removed our lock file and now has one of its own; the record is then its own too.
            if (lockFile.File.FindLoss() is null)
            {
                File.Delete(recordPath);
            }
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            // A lease that is over is adopted by nobody: the service refuses its id, or the lease is free anyway.
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
