using Microsoft.Data.Sqlite;

namespace Azker.Core.Tests.Shared;

/// <summary>Reads the ledger in a local database as any other program can.</summary>
internal static class LedgerDatabase
{
    private const int Settled = 2;

    /// <returns>All updates, by their ids.</returns>
    public static async Task<IReadOnlyList<(int Id, bool IsSettled)>> ReadAsync(string path)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, state FROM updates ORDER BY id";
        await using SqliteDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var updates = new List<(int Id, bool IsSettled)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            updates.Add((reader.GetInt32(0), reader.GetInt32(1) == Settled));
        }

        return updates;
    }
}
