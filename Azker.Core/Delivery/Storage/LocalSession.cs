using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Delivery.Storage;

/// <summary>Keeps the connection to the local database, which its first use opens, and replaces a corrupt file. It is not thread-safe.</summary>
internal sealed partial class LocalSession(LocalDatabaseFile file, TimeProvider timeProvider, ILogger logger, TimeSpan patience)
{
    private LocalConnection? _connection;

    public bool IsOpen => _connection is not null;

    /// <summary>Runs work in a transaction. If it fails, nothing of it is left.</summary>
    /// <exception cref="LocalDatabaseException">The database cannot be used.</exception>
    public void Transact(Action<LocalConnection> work, bool isDurable)
    {
        try
        {
            TransactOnGoodFile(work, isDurable);
        }
        catch (Exception error)
        {
            Close();
            if (LocalFault.Of(error, file, patience) is { } fault && fault != error)
            {
                throw fault;
            }

            throw;
        }
    }

    public void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private void TransactOnGoodFile(Action<LocalConnection> work, bool isDurable)
    {
        try
        {
            Connection().Transact(work, isDurable);
        }
        catch (SqliteException error) when (LocalFault.IsCorrupt(error))
        {
            // Opening the file examines it, and replaces it.
            Close();
            Connection().Transact(work, isDurable);
        }
    }

    private LocalConnection Connection()
    {
        if (_connection is not null && !file.IsInPlace())
        {
            Close();
            Log.Removed(logger, file.FullPath);
        }

        return _connection ??= Open();
    }

    private LocalConnection Open()
    {
        try
        {
            return Connect();
        }
        catch (SqliteException error) when (LocalFault.IsNoDatabase(error))
        {
            return Replace();
        }
    }

    private LocalConnection Replace()
    {
        using FileStream turn = file.TryLock() ?? throw file.Refuse("it is corrupt, and another process is replacing it");
        try
        {
            // The other party: a process that has replaced the file meanwhile.
            return Connect();
        }
        catch (SqliteException error) when (LocalFault.IsNoDatabase(error))
        {
            Log.Corrupt(logger, file.FullPath, LocalFault.TextOf(error), file.MoveAside(timeProvider.GetUtcNow()));
            return Connect();
        }
    }

    private LocalConnection Connect()
    {
        file.Prepare();
        return LocalConnection.Open(file, patience);
    }

    private static partial class Log
    {
        [LoggerMessage(4401, LogLevel.Error, "The database {Path} is corrupt: {Finding}. A new file is begun, and updates that the corrupt file had as handled may be handled again. The corrupt file is kept as {Copy}. Check the disk.")]
        public static partial void Corrupt(ILogger logger, string path, string finding, string copy);

        [LoggerMessage(4402, LogLevel.Warning, "The database {Path} was removed or replaced while it was in use. The file that is there now is used; updates that the former file had as handled may be handled again.")]
        public static partial void Removed(ILogger logger, string path);
    }
}
