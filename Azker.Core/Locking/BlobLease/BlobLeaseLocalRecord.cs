using System.Text.Json;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.BlobLease;

/// <summary>What a holder leaves on its own machine, readable by its own user alone: by what its lease can be adopted when it crashes.</summary>
/// <param name="LeaseIds">The ids that the lease may have; the first is the latest.</param>
/// <param name="Process">The holder's process.</param>
internal sealed record BlobLeaseLocalRecord(IReadOnlyList<string> LeaseIds, ProcessIdentity Process)
{
    /// <summary>
    /// Whether the lease may be adopted by <paramref name="current"/>, which has the holder's OS lock. A lock file can be
    /// removed and made anew under a living holder, so its death has to be shown by its process too. In another PID
    /// namespace that cannot be seen, and the lock of the common kernel has to do.
    /// </summary>
    public bool IsAdoptableBy(ProcessIdentity current) => current.LivenessOf(Process) switch
    {
        Liveness.Dead => true,
        Liveness.Unknown => current.Boot is not null && current.Boot == Process.Boot && current.PidNamespace != Process.PidNamespace,
        _ => false,
    };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, BlobLeaseJsonContext.Default.BlobLeaseLocalRecord);

    public static BlobLeaseLocalRecord? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BlobLeaseJsonContext.Default.BlobLeaseLocalRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
