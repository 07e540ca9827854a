using System.Globalization;
using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Locking.PidFile;
using Microsoft.Extensions.Logging.Abstractions;

namespace Azker.LockHolding;

/// <summary>Makes the lock that the environment and the arguments ask for.</summary>
internal static class Locks
{
    /// <summary>A storage account's connection string contains a key, so it is not an argument, which everybody on the machine can read.</summary>
    private const string StorageVariable = "AZKER_LOCK_HOLDER_STORAGE";

    public static IInstanceLock Create(string directory, Func<string, string?> option, Func<string, bool> has)
    {
        long botId = option("--bot") is { } bot ? long.Parse(bot, CultureInfo.InvariantCulture) : 1;
        if (Environment.GetEnvironmentVariable(StorageVariable) is not { Length: > 0 } connection)
        {
            return new PidFileLock(directory, botId, TimeProvider.System, NullLogger<PidFileLock>.Instance);
        }

        var options = new LockOptions
        {
            Container = option("--container") ?? LockOptions.DefaultContainer,
            Name = option("--name") ?? FormattableString.Invariant($"bot-{botId}"),
            FastTakeover = !has("--no-fast-takeover"),
        };
        var storage = new StorageOptions { DataDirectory = directory, ConnectionString = connection };
        return new BlobLeaseLock(options, storage, botId, mode: "test", TimeProvider.System, NullLogger<BlobLeaseLock>.Instance);
    }
}
