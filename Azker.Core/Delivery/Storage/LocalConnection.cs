using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Azker.Core.Delivery.Storage;

/// <summary>
/// An open connection to the local database. It is used by one thread at a time. After a failure it is disposed, which
/// rolls its transaction back.
/// </summary>
internal sealed class LocalConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<LocalStatement> _statements = [];
    private readonly LocalStatement _begin;
    private readonly LocalStatement _commit;
    private bool? _isDurable;

    private LocalConnection(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
    }

    /// <summary>Opens the database, and creates or updates its tables.</summary>
    /// <param name="file">The file, which exists.</param>
    /// <param name="patience">How long a call waits for a lock of another process.</param>
    /// <exception cref="SqliteException">The file cannot be used, or is corrupt.</exception>
    /// <exception cref="LocalDatabaseException">A later version of Azker wrote the file.</exception>
    public static LocalConnection Open(LocalDatabaseFile file, TimeSpan patience)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = file.FullPath, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        var connection = new SqliteConnection(settings.ToString());
        LocalConnection? opened = null;
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, (int)patience.TotalMilliseconds);
            opened = new LocalConnection(connection);
            opened.Prepare();
            LocalSchema.Update(opened, file);
            return opened;
        }
        catch
        {
            opened?.Dispose();
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Prepares a statement, which lives as long as the connection.</summary>
    public LocalStatement Prepare(string sql)
    {
        var statement = new LocalStatement(_connection.Handle!, sql);
        _statements.Add(statement);
        return statement;
    }

    public long ReadNumber(string sql)
    {
        using var statement = new LocalStatement(_connection.Handle!, sql);
        return statement.ReadNumber();
    }

    /// <summary>Runs statements that have no parameters and no result.</summary>
    public void Execute(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle, sql), _connection.Handle);

    /// <summary>Runs work in a transaction.</summary>
    /// <param name="work">The work. If it fails, the connection is to be disposed.</param>
    /// <param name="isDurable">
    /// Whether the transaction is on disk when this has ended. Otherwise a crash of the machine, but not of the process, may undo
    /// it, and earlier ones before it.
    /// </param>
    public void Transact(Action<LocalConnection> work, bool isDurable)
    {
        if (_isDurable != isDurable)
        {
            Execute(isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _isDurable = isDurable;
        }

        _begin.Write();
        work(this);
        _commit.Write();
    }

    public void Dispose()
    {
        _statements.ForEach(statement => statement.Dispose());
        _connection.Dispose();
    }

    private void Prepare()
    {
        Execute("PRAGMA journal_mode = WAL");
        // After a failed flush the system may regard lost pages of the log as written; the copy into the file writes them again.
        Execute("PRAGMA wal_checkpoint(PASSIVE)");
        using var check = new LocalStatement(_connection.Handle!, "PRAGMA quick_check(1)");
        if (check.ReadFirst(row => row.Text(0)) is var finding && finding != "ok")
        {
            throw new SqliteException(finding, raw.SQLITE_CORRUPT);
        }
    }
}
