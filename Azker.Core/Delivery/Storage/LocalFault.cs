using System.Globalization;
using Azker.Core.Infrastructure;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Azker.Core.Delivery.Storage;

/// <summary>Classifies what SQLite and the system answer about the local database.</summary>
internal static class LocalFault
{
    private const string Remedy = "Check the disk space and the permissions there";

    public static bool IsCorrupt(SqliteException error) => error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Whether a file that is being opened is corrupt. About some damages to the header SQLite says only that there is an error.</summary>
    public static bool IsNoDatabase(SqliteException error) => IsCorrupt(error) || error.SqliteErrorCode == raw.SQLITE_ERROR;

    /// <summary>The text of SQLite, without the frame that <see cref="SqliteException"/> puts around it.</summary>
    public static string TextOf(SqliteException error) => error.Message.Split('\'') is [_, var text, _] ? text : error.Message.TrimEnd('.');

    /// <returns>The exception that says why the database cannot be used; <see langword="null"/> for a defect.</returns>
    public static LocalDatabaseException? Of(Exception error, LocalDatabaseFile file, TimeSpan patience) => error switch
    {
        LocalDatabaseException fault => fault,
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } => file.Refuse(
            string.Create(CultureInfo.InvariantCulture, $"another process has kept it locked for {patience.TotalSeconds:0.###} s. End the program that has it open"), error),
        SqliteException fault => file.Refuse($"{TextOf(fault)}. {Remedy}", error),
        _ when FileFault.Is(error) => file.Refuse($"{error.Message.TrimEnd('.')}. {Remedy}", error),
        TypeInitializationException or DllNotFoundException => file.Refuse(
            "the native library e_sqlite3 cannot be loaded. Publish the program for the runtime identifier of this machine", error),
        _ => null,
    };
}
