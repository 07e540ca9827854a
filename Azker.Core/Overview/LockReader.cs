using Azker.Core.Configuration;
using Azker.Core.Locking;

namespace Azker.Core.Overview;

/// <summary>Reads the receiver lock. It changes nothing.</summary>
internal sealed class LockReader(IInstanceLock instanceLock, AzkerOptions options)
{
    public async Task<LockReport> ReadAsync(CancellationToken cancellationToken)
    {
        LockHolder? holder = await instanceLock.GetHolderAsync(cancellationToken);
        bool isLease = options.Storage.IsConfigured;
        return new LockReport(
            isLease ? "lease" : "file",
            isLease ? $"{options.Lock.Container}/{options.Lock.Name}" : options.Storage.DataDirectory,
            holder is null ? null : LockHolderReport.Of(holder));
    }
}
