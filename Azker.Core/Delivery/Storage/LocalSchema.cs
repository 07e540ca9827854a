namespace Azker.Core.Delivery.Storage;

/// <summary>The tables of the local database. The number of steps that a file has taken is its <c>user_version</c>.</summary>
internal static class LocalSchema
{
    /// <summary>Each version adds its step and changes no earlier one.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE updates(
            id INTEGER PRIMARY KEY,
            state INTEGER NOT NULL,
            claim INTEGER NOT NULL,
            epoch INTEGER,
            at INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            first_seen_at INTEGER) STRICT;
        CREATE TABLE processes(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            pid INTEGER NOT NULL,
            start_ticks TEXT,
            boot TEXT,
            pid_namespace TEXT,
            machine TEXT,
            host TEXT NOT NULL) STRICT;
        """,
    ];

    /// <summary>Brings the tables of a file to the current version.</summary>
    /// <exception cref="LocalDatabaseException">A later version of Azker wrote the file.</exception>
    public static void Update(LocalConnection connection, LocalDatabaseFile file)
    {
        if (Read(connection, file) < Steps.Length)
        {
            connection.Transact(_ => Step(connection, file), isDurable: true);
        }
    }

    private static void Step(LocalConnection connection, LocalDatabaseFile file)
    {
        // The other party: a process that updates the tables too. In the transaction the version is final.
        for (int version = Read(connection, file); version < Steps.Length; version++)
        {
            connection.Execute(Steps[version]);
            connection.Execute(FormattableString.Invariant($"PRAGMA user_version = {version + 1}"));
        }
    }

    private static int Read(LocalConnection connection, LocalDatabaseFile file)
    {
        int version = (int)connection.ReadNumber("PRAGMA user_version");
        return version <= Steps.Length ? version : throw file.Refuse(
            $"its schema has version {version}, and this version of Azker knows version {Steps.Length}. Run the later version that wrote it");
    }
}
