using Azker.Core.Delivery.Storage;
using Azker.Core.Tests.Shared;
using Microsoft.Data.Sqlite;

namespace Azker.Core.Tests.Delivery.Storage;

public sealed class LocalDatabaseTests : IDisposable
{
    private const string Insert = "INSERT INTO updates(id, state, claim, at, failures) VALUES(?1, 0, 0, 0, 0)";

    private readonly TempDirectory _data = new();
    private readonly RecordingLogger<LocalDatabase> _log = new();
    private readonly List<LocalDatabase> _databases = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => _data["updates-7.db"];

    private string LogPath => FilePath + "-wal";

    public void Dispose()
    {
        _databases.ForEach(database => database.Dispose());
        _data.Dispose();
    }

    [Fact]
    public async Task Only_the_user_of_the_process_can_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllTextAsync(FilePath, "", Token);
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        await Add(Create(), 1);

        string[] files = [.. Directory.GetFiles(_data.FullPath).Order(StringComparer.Ordinal)];
        Assert.Equal([FilePath, FilePath + "-shm", LogPath, FilePath + ".lock"], files);
        foreach (string file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Each_bot_has_a_file_of_its_own()
    {
        var other = new LocalDatabase(TestOptions.Local(_data.FullPath, 8), TimeProvider.System, _log);
        _databases.Add(other);
        await Add(Create(), 1);

        Assert.Empty(await Ids(other));
        Assert.Equal(_data["updates-8.db"], other.FullPath);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Work_that_comes_during_other_work_shares_a_transaction(bool isDurable)
    {
        LocalDatabase database = Create();
        using var isRunning = new SemaphoreSlim(0);
        using var mayEnd = new SemaphoreSlim(0);
        Task<int> first = database.RunAsync(_ => Block(isRunning, mayEnd), isDurable: false);
        await Eventually.Completes(isRunning.WaitAsync(Token));

        Task<long>[] others = [.. Enumerable.Range(1, 50).Select(id => database.RunAsync(connection => Write(connection, id), isDurable))];
        Task<long> last = database.RunAsync(_ => CountOfAnotherProcess(), isDurable);
        mayEnd.Release();
        await first;

        Assert.Equal(Enumerable.Range(1, 50).Select(count => (long)count), await Eventually.Completes(Task.WhenAll(others)));
        Assert.Equal(0, await last);
        Assert.Equal(50, CountOfAnotherProcess());
    }

    [Fact]
    public async Task Work_without_a_flush_does_not_wait_for_work_with_one()
    {
        LocalDatabase database = Create();
        using var isRunning = new SemaphoreSlim(0);
        using var mayEnd = new SemaphoreSlim(0);
        Task<int> first = database.RunAsync(_ => Block(isRunning, mayEnd), isDurable: false);
        await Eventually.Completes(isRunning.WaitAsync(Token));
        Task<int> durable = database.RunAsync(_ => Block(isRunning, mayEnd), isDurable: true);
        Task<long> quick = database.RunAsync(connection => Write(connection, 1), isDurable: false);

        mayEnd.Release();
        await Eventually.Completes(isRunning.WaitAsync(Token));

        await Eventually.Completes(quick);
        Assert.False(durable.IsCompleted);
        mayEnd.Release();
        await Eventually.Completes(Task.WhenAll(first, durable));
    }

    [Fact]
    public async Task A_defect_of_work_fails_that_work_alone_and_leaves_nothing_of_it()
    {
        LocalDatabase database = Create();
        using var isRunning = new SemaphoreSlim(0);
        using var mayEnd = new SemaphoreSlim(0);
        Task<int> first = database.RunAsync(_ => Block(isRunning, mayEnd), isDurable: false);
        await Eventually.Completes(isRunning.WaitAsync(Token));
        Task<long> good = database.RunAsync(connection => Write(connection, 1), isDurable: true);
        Task<long> defect = database.RunAsync(connection => Write(connection, 2) > 0 ? throw new NotSupportedException("a defect") : 0L, isDurable: true);
        Task<long> another = database.RunAsync(connection => Write(connection, 3), isDurable: true);
        mayEnd.Release();

        await Assert.ThrowsAsync<NotSupportedException>(() => Eventually.Completes(defect));

        await Eventually.Completes(Task.WhenAll(first, good, another));
        Assert.Equal([1, 3], await Ids(database));
    }

    [Fact]
    public async Task A_file_that_another_process_keeps_locked_is_waited_for_and_then_reported()
    {
        LocalDatabase database = Create(patience: TimeSpan.FromSeconds(0.1));
        await Add(database, 1);
        await using (SqliteConnection other = Open())
        {
            Execute(other, "BEGIN IMMEDIATE");

            LocalDatabaseException refusal = await Assert.ThrowsAsync<LocalDatabaseException>(() => Add(database, 2));

            Assert.Equal($"{FilePath} cannot be used: another process has kept it locked for 0.1 s. End the program that has it open.", refusal.Message);
        }

        await Add(database, 2);
        Assert.Equal([1, 2], await Ids(database));
    }

    [Fact]
    public async Task A_lock_of_another_process_that_ends_soon_is_not_noticed()
    {
        LocalDatabase database = Create(patience: TimeSpan.FromMinutes(1));
        await Add(database, 1);
        Task add;
        await using (SqliteConnection other = Open())
        {
            Execute(other, "BEGIN IMMEDIATE");
            add = Add(database, 2);
        }

        await Eventually.Completes(add);
        Assert.Equal([1, 2], await Ids(database));
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_left_alone()
    {
        await Add(Create(), 1);
        Close();
        await using (SqliteConnection other = Open())
        {
            Execute(other, "PRAGMA user_version = 99");
        }

        byte[] bytes = await File.ReadAllBytesAsync(FilePath, Token);

        LocalDatabaseException refusal = await Assert.ThrowsAsync<LocalDatabaseException>(() => Add(Create(), 2));

        Assert.Equal(
            $"{FilePath} cannot be used: its schema has version 99, and this version of Azker knows version 1. Run the later version that wrote it.",
            refusal.Message);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(FilePath, Token));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task A_link_is_not_followed()
    {
        await File.WriteAllTextAsync(_data["other"], "", Token);
        File.CreateSymbolicLink(FilePath, _data["other"]);

        LocalDatabaseException refusal = await Assert.ThrowsAsync<LocalDatabaseException>(() => Add(Create(), 1));

        Assert.Equal($"{FilePath} cannot be used: it is not a regular file. Remove it.", refusal.Message);
    }

    [Fact]
    public async Task A_crash_after_any_part_of_a_write_loses_that_write_alone()
    {
        await Add(Create(), 1);
        await Add(_databases[^1], 2);
        long good = new FileInfo(LogPath).Length;
        await Add(_databases[^1], 3);
        (byte[] file, byte[] log) = (await Read(FilePath), await Read(LogPath));
        Close();

        foreach (long length in new[] { good, good + 1, good + 24, good + 2000, log.Length - 1, log.Length })
        {
            await File.WriteAllBytesAsync(FilePath, file, Token);
            await File.WriteAllBytesAsync(LogPath, [.. log[..(int)length], .. Enumerable.Repeat((byte)0xa5, 4096)], Token);

            Assert.Equal(length == log.Length ? [1, 2, 3] : [1, 2], await Ids(Create()));
            Close();
        }

        Assert.Empty(_log.Entries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(4096)]
    [InlineData(8192)]
    public async Task A_corrupt_file_is_kept_as_a_copy_and_a_new_file_is_begun(int from)
    {
        await Add(Create(), 1);
        Close();
        byte[] corrupt = await Read(FilePath);
        corrupt.AsSpan(from, 100).Fill(0xa5);
        await File.WriteAllBytesAsync(FilePath, corrupt, Token);

        LocalDatabase database = Create();
        await Add(database, 2);

        Assert.Equal([2], await Ids(database));
        LogEntry entry = Assert.Single(_log.Entries);
        string copy = Assert.Single(Directory.GetFiles(_data.FullPath, "*.corrupt-*"));
        Assert.Equal(4401, entry.EventId);
        Assert.StartsWith($"The database {FilePath} is corrupt: ", entry.Message, StringComparison.Ordinal);
        Assert.Contains($"kept as {copy}.", entry.Message, StringComparison.Ordinal);
        Assert.Equal(corrupt, await Read(copy));
    }

    [Fact]
    public async Task A_process_that_has_a_corrupt_file_open_uses_the_new_file_that_another_process_has_begun()
    {
        LocalDatabase open = Create();
        await Add(open, 1);
        File.Move(FilePath, _data["moved"]);
        await Add(Create(), 2);

        await Add(open, 3);

        Assert.Equal([2, 3], await Ids(open));
        Assert.Equal(
            $"The database {FilePath} was removed or replaced while it was in use. The file that is there now is used; updates that the former file had as handled may be handled again.",
            Assert.Single(_log.Entries).Message);
    }

    [Fact]
    public async Task While_another_process_replaces_a_corrupt_file_the_file_cannot_be_used()
    {
        await File.WriteAllTextAsync(FilePath, "no database, and longer than the header of a database: 100 bytes are enough for that, and here are more", Token);
        LocalDatabase database = Create();
        await using (new FileStream(FilePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            LocalDatabaseException refusal = await Assert.ThrowsAsync<LocalDatabaseException>(() => Add(database, 1));
            Assert.Equal($"{FilePath} cannot be used: it is corrupt, and another process is replacing it.", refusal.Message);
        }

        await Add(database, 1);
        Assert.Single(Directory.GetFiles(_data.FullPath, "*.corrupt-*"));
    }

    [Fact]
    public async Task Values_of_all_kinds_come_back_as_they_were()
    {
        LocalDatabase database = Create();

        string result = await database.RunAsync(
            connection =>
            {
                LocalStatement statement = connection.Prepare("SELECT ?1, ?2, ?3, ?4, ?5");
                statement.Set(1, long.MinValue).Set(2, (long?)null).Set(3, "é").Set(4, (string?)null).Set(5, "raw"u8);
                return statement.ReadFirst(row => $"{row.Number(0)} {row.NumberOrNull(1)} {row.Text(2)} {row.Text(3)} {row.Bytes(4).Length}")!;
            },
            isDurable: false);

        Assert.Equal("-9223372036854775808  é  3", result);
    }

    [Fact]
    public async Task It_can_be_used_after_it_was_closed()
    {
        LocalDatabase database = Create();
        await Add(database, 1);
        Assert.True(database.IsOpen);
        database.Dispose();
        Assert.False(database.IsOpen);
        Assert.Equal([FilePath, FilePath + ".lock"], Directory.GetFiles(_data.FullPath).Order(StringComparer.Ordinal));

        Assert.Equal([1], await Ids(database));
    }

    private static Task<long> Add(LocalDatabase database, int id) => database.RunAsync(connection => Write(connection, id), isDurable: true);

    /// <returns>The number of updates.</returns>
    private static long Write(LocalConnection connection, int id)
    {
        connection.Prepare(Insert).Set(1, id).Write();
        return connection.ReadNumber("SELECT count(*) FROM updates");
    }

    private static Task<List<long>> Ids(LocalDatabase database) => database.RunAsync(
        connection => connection.Prepare("SELECT id FROM updates ORDER BY id").ReadAll(row => row.Number(0)), isDurable: false);

    private static int Block(SemaphoreSlim isRunning, SemaphoreSlim mayEnd)
    {
        isRunning.Release();
        mayEnd.Wait(Token);
        return 0;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of a test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Reads a file without opening it in this process: closing it would free the locks of SQLite.</summary>
    private async Task<byte[]> Read(string path)
    {
        await Shell.Output($"cp '{path}' '{_data["bytes"]}'");
        return await File.ReadAllBytesAsync(_data["bytes"], Token);
    }

    private long CountOfAnotherProcess()
    {
        using SqliteConnection other = Open();
        using SqliteCommand command = other.CreateCommand();
        command.CommandText = "SELECT count(*) FROM updates";
        return (long)command.ExecuteScalar()!;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Close()
    {
        _databases.ForEach(database => database.Dispose());
        _databases.Clear();
    }

    private LocalDatabase Create(TimeSpan? patience = null)
    {
        var database = new LocalDatabase(TestOptions.Local(_data.FullPath, 7), TimeProvider.System, _log, patience ?? TimeSpan.FromSeconds(30));
        _databases.Add(database);
        return database;
    }
}
