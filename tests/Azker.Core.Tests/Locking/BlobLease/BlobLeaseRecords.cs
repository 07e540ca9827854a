using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>Creates records as other instances leave them.</summary>
internal static class BlobLeaseRecords
{
    public static BlobLeaseRecord Released(long epoch = 1) => Of(LockState.Released, epoch);

    public static BlobLeaseRecord Of(LockState state, long epoch = 1, string instance = "someone") => new()
    {
        Epoch = epoch,
        Instance = instance,
        Host = "box-1",
        Pid = 4711,
        Start = DateTimeOffset.UnixEpoch,
        Version = "0.1.0",
        Bot = 1,
        Mode = "polling",
        State = state,
        Since = DateTimeOffset.UnixEpoch,
        Reason = "for the test",
    };
}
