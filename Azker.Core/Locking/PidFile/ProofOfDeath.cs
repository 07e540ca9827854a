using Azker.Core.Locking.OsLock;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Locking.PidFile;

/// <summary>Decides whether a record was left behind, and says once for each record when that cannot be decided from here.</summary>
internal sealed partial class ProofOfDeath(ILogger logger)
{
    private string? _reported;

    /// <returns>Whether the writer is proven to be gone; when in doubt it counts as alive.</returns>
    public bool IsGiven(string path, PidFileRecord record)
    {
        Liveness liveness = record.Judge();
        if (liveness == Liveness.Unknown && _reported != record.Holder.Instance)
        {
            _reported = record.Holder.Instance;
            Log.UnknownWriter(logger, path, record.Holder.ProcessId, record.Holder.Host);
        }

        return liveness == Liveness.Dead;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "{Path} was written by process {ProcessId} on host {Host}, of which it cannot be found out from here whether it still runs. "
            + "If it does not, remove that file; until then the lock counts as held")]
        public static partial void UnknownWriter(ILogger logger, string path, int processId, string host);
    }
}
