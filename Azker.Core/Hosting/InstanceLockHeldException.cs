using System.Globalization;
using Azker.Core.Configuration;
using Azker.Core.Locking;

namespace Azker.Core.Hosting;

/// <summary>Another instance holds the receiver lock. The message names it, and says how to stop it.</summary>
public sealed class InstanceLockHeldException : Exception
{
    internal InstanceLockHeldException(LockHolder? holder, AzkerOptions options)
        : base(Describe(holder, options)) => Holder = holder;

    /// <summary>The instance that holds the lock; <see langword="null"/> when it has not yet written who it is.</summary>
    public LockHolder? Holder { get; }

    private static string Describe(LockHolder? holder, AzkerOptions options)
    {
        if (holder is null)
        {
            return $"""
                Another instance holds the lock, {Place(options)}, and has not yet written who it is. This instance ends.
                To wait for it instead, start with --standby.
                """;
        }

        if (holder.BotId != options.Bot.Token.BotId)
        {
            return $"""
                Another bot ({holder.BotId}) holds the lock, {Place(options)}: PID {holder.ProcessId} on {holder.Host}. This instance ends.
                Give each bot a {(options.Storage.IsConfigured ? SettingNames.LockName : SettingNames.DataDirectory)} of its own.
                """;
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            Another instance of this bot is already running: PID {holder.ProcessId} on {holder.Host}, started {holder.StartedAt:yyyy-MM-dd HH:mm:ss} UTC. This instance ends.
            To stop the other: kill {holder.ProcessId} (on {holder.Host})
            To wait for it and take over when it ends: start with --standby
            """);
    }

    private static string Place(AzkerOptions options) => options.Storage.IsConfigured
        ? $"blob {options.Lock.Name} in container {options.Lock.Container}"
        : $"directory {options.Storage.DataDirectory}";
}
