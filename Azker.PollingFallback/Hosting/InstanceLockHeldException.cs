using System.Globalization;
using Azker.Core.Locking;

namespace Azker.PollingFallback.Hosting;

/// <summary>Another instance holds the receiver lock. The message names it, and says how to stop it.</summary>
internal sealed class InstanceLockHeldException(LockHolder? holder, long botId, string dataDirectory)
    : Exception(Describe(holder, botId, dataDirectory))
{
    private static string Describe(LockHolder? holder, long botId, string dataDirectory)
    {
        if (holder is null)
        {
            return $"""
                Another instance holds the lock in {dataDirectory}, and has not yet written who it is. This one ends.
                To wait for it instead, start with --standby.
                """;
        }

        if (holder.BotId != botId)
        {
            return $"""
                Another bot ({holder.BotId}) uses the directory {dataDirectory}: PID {holder.ProcessId} on {holder.Host}. This one ends.
                Give each bot a DATA_DIR of its own.
                """;
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            Another instance of this bot is already running: PID {holder.ProcessId} on {holder.Host}, started {holder.StartedAt:yyyy-MM-dd HH:mm:ss} UTC. This one ends.
            To stop the other: kill {holder.ProcessId} (on {holder.Host})
            To wait for it and take over when it ends: start with --standby
            """);
    }
}
