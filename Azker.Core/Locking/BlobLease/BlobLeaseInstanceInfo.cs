using Azker.Core.Infrastructure;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Locking.BlobLease;

/// <summary>Composes the record by which this instance describes itself.</summary>
internal sealed class BlobLeaseInstanceInfo(long botId, string? mode)
{
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private long _epoch;

    public BlobLeaseRecord Compose(BlobLeaseSnapshot snapshot, string reason, DateTimeOffset now) => new()
    {
        Epoch = LockEpoch.Next(snapshot.Record?.Epoch ?? 0, _epoch, now),
        Instance = _instance,
        Host = Environment.MachineName,
        Pid = Environment.ProcessId,
        Start = ProcessIdentity.CurrentStart,
        Version = AzkerVersion.Current,
        Bot = botId,
        Mode = mode,
        State = LockState.Held,
        Since = now,
        Reason = reason,
    };

    public void RecordEpoch(long epoch) => _epoch = epoch;
}
