using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.BlobLease;

/// <summary>
/// Lets instances on one machine see each other: the holder keeps an OS lock, which the kernel frees when the holder dies.
/// Where OS locks do not work this does nothing, and the lease alone decides.
/// </summary>
internal sealed partial class BlobLeaseLocal(string dataDirectory, string lockName, ILogger logger)
{
    private readonly LockDirectory _directory = new(Path.Combine(dataDirectory, $"lease-{lockName}"));
    private bool _isProven;
    private bool _isDisabled;

    /// <summary>Takes the OS lock if it is free.</summary>
    /// <param name="isBusy">Whether another instance on this machine has the lock.</param>
    public BlobLeaseLocalClaim? TryClaim(out bool isBusy)
    {
        isBusy = false;
        if (_isDisabled)
        {
            return null;
        }

        try
        {
            return TryClaimCore(out isBusy);
        }
        catch (Exception e) when (e is InstanceLockException || FileFault.Is(e))
        {
            _isDisabled = true;
            Log.Disabled(logger, _directory.FullPath, e.Message.TrimEnd('.'));
            return null;
        }
    }

    private BlobLeaseLocalClaim? TryClaimCore(out bool isBusy)
    {
        _directory.Prepare();
        if (_directory.IsOpenToAll)
        {
            throw LockFault.Refuse(_directory.FullPath, "can be written by every user, so that every user could forge its records", "Run 'chmod o-w' on it.");
        }

        LockFile? lockFile = LockFile.TryOpen(_directory, _directory.First.Lock);
        isBusy = lockFile is null;
        if (lockFile is null)
        {
            return null;
        }

        _isProven = _isProven || lockFile.IsExclusive();
        if (_isProven)
        {
            return new BlobLeaseLocalClaim(lockFile, _directory, Path.Combine(_directory.FullPath, "lease.json"));
        }

        lockFile.Dispose();
        _isDisabled = true;
        Log.Disabled(logger, _directory.FullPath, "OS locks do not work there");
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1321, LogLevel.Warning,
            "{Directory} cannot be used, so a takeover from a crashed holder on this machine waits until its lease ends: {Reason}. "
            + "Repair the directory, or set LOCK_FAST_TAKEOVER to false.")]
        public static partial void Disabled(ILogger logger, string directory, string reason);
    }
}
