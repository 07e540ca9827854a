using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Locking.PidFile;
using Azker.Core.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Azker.LockHolding;

/// <summary>Creates the lock that the environment and the arguments choose.</summary>
internal static class Locks
{
    /// <summary>The connection string of the storage account. It contains a key, so it is no argument: every user of the machine can read arguments.</summary>
    private const string StorageVariable = "AZKER_LOCK_HOLDER_STORAGE";

    public static IInstanceLock Create(string directory, Func<string, string?> option, Func<string, bool> has)
    {
        var options = new AzkerOptions
        {
            Bot = { Token = $"{option("--bot") ?? "1"}:AAAAAAAAAAAAAAAAAAAAAAAA" },
            Storage = { DataDirectory = directory, ConnectionString = Environment.GetEnvironmentVariable(StorageVariable) is { Length: > 0 } connection ? connection : null },
        };
        if (!options.Storage.IsConfigured)
        {
            return new PidFileLock(options, TimeProvider.System, NullLogger<PidFileLock>.Instance);
        }

        options.Lock.Container = option("--container") ?? LockOptions.DefaultContainer;
        options.Lock.Name = option("--name") ?? FormattableString.Invariant($"bot-{options.Bot.Token.BotId}");
        options.Lock.FastTakeover = !has("--no-fast-takeover");
        return new BlobLeaseLock(
            options,
            BlobLeaseClients.Create(options.Storage, options.Lock.AttemptTimeout),
            BlobLeaseClock.For(TimeProvider.System),
            Random.Shared,
            new ReceiverMetrics(new BotMeter(options.Bot.Token.BotId)),
            NullLogger<BlobLeaseLock>.Instance);
    }
}
