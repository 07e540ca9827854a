using System.Text.Json;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.BlobLease;

/// <summary>The file by which another instance on the same machine adopts the lease of a crashed holder. Only the user of the holder can read it.</summary>
/// <param name="LeaseIds">The possible ids of the lease, the latest first.</param>
/// <param name="Process">The holder's process.</param>
internal sealed record BlobLeaseLocalRecord(IReadOnlyList<string> LeaseIds, ProcessIdentity Process)
{
    /// <summary>
    /// Whether <paramref name="current"/>, which has the OS lock of the holder, may adopt the lease. A lock file can be removed
    /// and created again while the holder runs, so the state of its process has to prove the death too. A process in another
    /// PID namespace cannot be seen, and there the lock of the common kernel is the proof.
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
