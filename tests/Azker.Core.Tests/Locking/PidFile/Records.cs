using Azker.Core.Locking;
using Azker.Core.Locking.OsLock;
using Azker.Core.Locking.PidFile;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>Creates records as other processes leave them.</summary>
internal static class Records
{
    private const int UnlikelyPid = int.MaxValue;

    public static PidFileRecord Dead(long epoch = 1) => Of(ProcessIdentity.Current with { ProcessId = UnlikelyPid }, epoch);

    public static PidFileRecord Of(ProcessIdentity process, long epoch = 1) => new(
        new LockHolder(process.ProcessId, process.Host, "someone", 1, epoch, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "0.1.0"),
        process);
}
