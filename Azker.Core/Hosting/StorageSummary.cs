using System.Globalization;
using Azker.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Hosting;

/// <summary>Says at the start which lock, ledger and dead letters are in use, and where they are.</summary>
internal sealed partial class StorageSummary(AzkerOptions options, ILogger<StorageSummary> logger)
{
    private string Directory => options.Storage.DataDirectory;

    private string Account => options.Storage is { ConnectionString: null } storage
        ? $"{storage.BlobServiceUri!.GetLeftPart(UriPartial.Authority)}, with {Identity(storage)}"
        : "that of the connection string";

    private string Lock => options.Storage.IsConfigured
        ? $"the lease of the blob {options.Lock.Name} in the container {options.Lock.Container}"
        : $"bot.lock in {Directory}";

    private string Ledger => options.Delivery.Ledger switch
    {
        UpdateLedgerKind.Memory => "in memory",
        UpdateLedgerKind.File => $"a database in {Directory}",
        _ => string.Create(CultureInfo.InvariantCulture, $"the table AzkerUpdates{options.Bot.Token.BotId}"),
    };

    private string DeadLetters => options.Storage.IsConfigured
        ? $"blobs in the container {options.Lock.Container}"
        : $"files in {Directory}";

    public void Write()
    {
        Log.Places(logger, Lock, Ledger, DeadLetters);
        if (options.Storage.IsConfigured)
        {
            Log.InUse(logger, Account);
        }

        if (!options.Storage.IsDataDirectorySet && DefaultDataDirectory.OfUser(options.Bot.Token.BotId) is { } directory && directory != Directory)
        {
            Log.FormerDirectory(logger, Directory, directory);
        }
    }

    private static string Identity(StorageOptions storage) =>
        (storage.Credential ?? "the default chain of identities") + (storage.ClientId is { } client ? $" for the client ID {client}" : "");

    private static partial class Log
    {
        [LoggerMessage(7051, LogLevel.Information, "The receiver lock is {Lock}. The ledger is {Ledger}. Dead letters and parked updates are {DeadLetters}.")]
        public static partial void Places(ILogger logger, string @lock, string ledger, string deadLetters);

        [LoggerMessage(7053, LogLevel.Information, "The storage account is {Account}.")]
        public static partial void InUse(ILogger logger, string account);

        [LoggerMessage(7052, LogLevel.Information,
            "DATA_DIR is not set. {Directory} is used, because it has the files of an earlier run. Without them {Default} would be used. "
            + "Set DATA_DIR, or move the files there.")]
        public static partial void FormerDirectory(ILogger logger, string directory, string @default);
    }
}
