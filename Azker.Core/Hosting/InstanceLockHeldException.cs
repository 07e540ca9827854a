using System.Globalization;
using Azker.Core.Configuration;
using Azker.Core.Locking;

namespace Azker.Core.Hosting;

/// <summary>Another instance holds the receiver lock; the message names that instance and says how to stop it.</summary>
public sealed class InstanceLockHeldException : Exception
{
    internal InstanceLockHeldException(LockHolder? holder, AzkerOptions options)
        : base(Describe(holder, options)) => (Holder, IsSameBot) = (holder, holder?.BotId == options.Bot.Token.BotId);

    /// <summary>The instance that holds the lock; <see langword="null"/> when that instance has not yet recorded its PID and host.</summary>
    public LockHolder? Holder { get; }

    /// <summary>Whether the holder is an instance of the same bot; another bot may have the same lock by a mistake.</summary>
    internal bool IsSameBot { get; }

    private static string Describe(LockHolder? holder, AzkerOptions options)
    {
        if (holder is null)
        {
            return $"""
                Another instance holds the receiver lock, {Place(options)}, and has not yet recorded its PID and host. This instance ends.
                To wait until that instance ends, start this instance with --standby.
                """;
        }

        if (holder.BotId != options.Bot.Token.BotId)
        {
            return $"""
                Another bot ({holder.BotId}) holds the receiver lock, {Place(options)}: PID {holder.ProcessId} on {holder.Host}. This instance ends.
                Give each bot a {SettingNames.LockName} of its own.
                """;
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            Another instance of this bot is already running: PID {holder.ProcessId} on {holder.Host}{In(holder.DataDirectory)}, started {holder.StartedAt:yyyy-MM-dd HH:mm:ss} UTC. This instance ends.
            To stop that instance: kill {holder.ProcessId} (on {holder.Host})
            To wait until that instance ends, and take over then: start this instance with --standby
            """);
    }

    private static string In(string? directory) => directory is null ? "" : $", with DATA_DIR {directory}";

    private static string Place(AzkerOptions options) => options.Storage.IsConfigured
        ? $"blob {options.Lock.Name} in container {options.Lock.Container}"
        : $"directory {options.Storage.DataDirectory}";
}
