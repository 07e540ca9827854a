using Azker.Core.Delivery.Ledger;
using Azker.Core.Delivery.Storage;
using Azker.Core.Locking.OsLock;
using Azker.Core.Tests.Locking.PidFile;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery.Ledger;

public sealed class SqliteLedgerTests : UpdateLedgerContract
{
    private const int Capacity = 20;

    /// <summary>No process has run since the system started.</summary>
    private static readonly ProcessIdentity Dead = ProcessIdentity.Current with { StartTicks = "1" };

    private readonly TempDirectory _data = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly SkewedTimeProvider _clock;
    private readonly RecordingLogger<SqliteLedger> _log = new();
    private readonly RecordingLogger<LocalDatabase> _storageLog = new();
    private readonly List<LocalDatabase> _databases = [];

    public SqliteLedgerTests() => _clock = new SkewedTimeProvider(_time);

    protected override bool Survives => true;

    private string FilePath => _data["updates-7.db"];

    private string FormerPath => _data["updates-7.ledger"];

    public override ValueTask DisposeAsync()
    {
        _databases.ForEach(database => database.Dispose());
        _data.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task The_file_is_created_by_the_first_claim()
    {
        Assert.Empty(Directory.GetFiles(_data.FullPath));

        await Claim(1);

        Assert.True(File.Exists(FilePath));
    }

    [Fact]
    public async Task Several_processes_use_the_file_at_once_and_exclude_each_other()
    {
        SqliteLedger other = Create();
        UpdateClaim claim = await Claim(1);
        Assert.Equal((ClaimOutcome.Claimed, 1), await Try(other, 2));

        Assert.Equal((ClaimOutcome.Busy, 0), await Try(other, 1));
        await IsBusy(2);
        await Settle(claim);

        Assert.Equal((ClaimOutcome.Duplicate, 0), await Try(other, 1));
    }

    [Fact]
    public async Task A_claim_of_another_process_is_taken_when_it_expires_and_cannot_be_settled_then()
    {
        SqliteLedger other = Create();
        UpdateClaim late = await Claim(1);
        Pass(TimeSpan.FromSeconds(17));

        Assert.Equal((ClaimOutcome.Claimed, 2), await Try(other, 1));

        Assert.Null(await Renew(late));
        Assert.False(await Settle(late));
    }

    [Fact]
    public async Task Of_many_processes_that_race_for_an_update_one_gets_it()
    {
        SqliteLedger[] ledgers = [.. Enumerable.Range(0, 8).Select(_ => Create())];
        for (int id = 1; id <= 20; id++)
        {
            (ClaimOutcome Outcome, int)[] results = await Task.WhenAll(ledgers.Select(ledger => Task.Run(() => Try(ledger, id), Token)));

            Assert.Single(results, result => result.Outcome == ClaimOutcome.Claimed);
            Assert.Equal(7, results.Count(result => result.Outcome == ClaimOutcome.Busy));
        }
    }

    [Fact]
    public async Task The_updates_that_a_killed_process_had_in_flight_can_be_claimed_at_once_and_count_as_failed()
    {
        SqliteLedger killed = Create(Dead);
        await killed.ClaimAsync(1, null, Token);
        await killed.ClaimAsync(2, null, Token);
        await killed.SettleAsync(await killed.ClaimAsync(3, null, Token), Token);

        Assert.Equal(2, (await Claim(1)).Attempt);

        Assert.Equal("Updates were in flight when the previous process ended: 2. Each counts one more failed attempt.", Assert.Single(_log.Entries).Message);
        Assert.Equal(2, (await Claim(2)).Attempt);
        await IsDuplicate(3);
    }

    [Fact]
    public async Task A_process_that_is_killed_while_another_process_uses_the_file_loses_its_claims_at_once()
    {
        await Claim(1);
        SqliteLedger killed = Create(Dead);

        await killed.ClaimAsync(2, null, Token);

        Assert.Equal(2, (await Claim(2)).Attempt);
    }

    [Fact]
    public async Task A_claim_of_a_dead_process_cannot_settle_the_update_of_the_next_process()
    {
        SqliteLedger killed = Create(Dead);
        UpdateClaim dead = await killed.ClaimAsync(1, null, Token);
        UpdateClaim current = await Claim(1);

        Assert.False(await killed.SettleAsync(dead, Token));
        await Release(current, hasFailed: false);

        Assert.False(await killed.SettleAsync(dead, Token));
        await Claim(1);
    }

    [Fact]
    public async Task A_process_in_another_PID_namespace_may_run_so_its_claim_lasts_15_s()
    {
        SqliteLedger other = Create(ProcessIdentity.Current with { PidNamespace = "1", Host = "other" });
        await other.ClaimAsync(1, null, Token);

        await IsBusy(1);
        Pass(TimeSpan.FromSeconds(17));

        Assert.Equal(2, (await Claim(1)).Attempt);
    }

    [Fact]
    public async Task After_a_restart_of_the_machine_claims_have_ended_and_settled_updates_are_remembered_for_a_day_from_then_on()
    {
        var before = new FakeTimeProvider(_time.GetUtcNow());
        before.Advance(TimeSpan.FromDays(300));
        SqliteLedger former = Create(ProcessIdentity.Current with { Boot = "1", Machine = null }, before);
        await former.ClaimAsync(1, null, Token);
        await former.SettleAsync(await former.ClaimAsync(2, null, Token), Token);

        Assert.Equal(2, (await Claim(1)).Attempt);
        Pass(TimeSpan.FromHours(24));
        await IsDuplicate(2);
        Pass(TimeSpan.FromSeconds(1));

        await Claim(2);
    }

    [Fact]
    public async Task After_a_day_an_update_is_forgotten_and_is_new_then()
    {
        UpdateClaim failed = await Claim(1);
        await Release(failed, hasFailed: true);
        await Settle(await Claim(2));
        await Create().ExpireAsync(Token);
        Pass(TimeSpan.FromHours(24));
        await IsDuplicate(2);

        Pass(TimeSpan.FromSeconds(1));

        UpdateClaim again = await Claim(1);
        Assert.Equal((1, failed.FirstSeenAt + TimeSpan.FromSeconds(86401)), (again.Attempt, again.FirstSeenAt));
    }

    [Fact]
    public async Task Expiry_removes_what_is_older_than_a_day()
    {
        SqliteLedger ledger = Create();
        await ledger.SettleAsync(await ledger.ClaimAsync(1, null, Token), Token);
        await ledger.ClaimAsync(2, null, Token);
        Pass(TimeSpan.FromSeconds(86401));
        await ledger.SettleAsync(await ledger.ClaimAsync(3, null, Token), Token);

        await ledger.ExpireAsync(Token);

        Assert.Equal([3], await Ids());
    }

    [Fact]
    public async Task Beyond_its_capacity_it_forgets_the_oldest_and_never_an_update_in_progress()
    {
        await Claim(1);
        for (int id = 2; id <= 1500; id++)
        {
            Pass(TimeSpan.FromMilliseconds(1));
            await Settle(await Claim(id));
            if (id % 100 == 0)
            {
                Assert.InRange((await Ids()).Count, Capacity / 2, Capacity + 1);
            }
        }

        await OpenAsync();
        await IsBusy(1);
        Assert.Equal(Enumerable.Range(1490, 11), (await Ids()).TakeLast(11));
        await Claim(2);
    }

    [Fact]
    public async Task A_claim_settles_its_update_in_a_file_that_has_replaced_the_file_of_the_claim()
    {
        (UpdateClaim settled, UpdateClaim released, UpdateClaim renewed) = (await Claim(1), await Claim(2), await Claim(3));
        File.Delete(FilePath);

        Assert.True(await Settle(settled));
        Assert.True(await Release(released, hasFailed: true));
        Assert.NotNull(await Renew(renewed));

        await IsDuplicate(1);
        Assert.Equal(2, (await Claim(2)).Attempt);
        await IsBusy(3);
        Assert.Equal(4402, Assert.Single(_storageLog.Entries).EventId);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_reported_and_used_as_soon_as_it_can()
    {
        await File.WriteAllTextAsync(_data["sub"], "in the way", Token);
        SqliteLedger ledger = Create(directory: _data["sub"]);

        UpdateLedgerException refusal = await Assert.ThrowsAsync<UpdateLedgerException>(() => ledger.ClaimAsync(1, null, Token).AsTask());
        Assert.StartsWith($"The ledger {_data["sub"]}", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Check the disk space and the permissions there.", refusal.Message, StringComparison.Ordinal);
        File.Delete(_data["sub"]);

        Assert.Equal((ClaimOutcome.Claimed, 1), await Try(ledger, 1));
    }

    [Fact]
    public async Task A_directory_that_is_read_only_is_reported_and_used_as_soon_as_it_can_be_written()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_data.FullPath, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        string message = WithoutRoot.Run(() => Assert.ThrowsAny<UpdateLedgerException>(() => Claim(1).GetAwaiter().GetResult()).Message);
        File.SetUnixFileMode(_data.FullPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.StartsWith($"The ledger {FilePath} cannot be used: ", message, StringComparison.Ordinal);
        Assert.EndsWith(". Check the disk space and the permissions there.", message, StringComparison.Ordinal);
        await Claim(1);
    }

    [Fact]
    public async Task While_the_disk_is_full_no_update_is_claimed_or_settled_and_nothing_is_lost()
    {
        SqliteLedger ledger = Create();
        LocalDatabase database = _databases[^1];
        UpdateClaim claim = await ledger.ClaimAsync(1, null, Token);
        await Fill(database);

        UpdateLedgerException refusal = await Assert.ThrowsAsync<UpdateLedgerException>(() => ClaimMany(ledger));
        Assert.Equal($"The ledger {FilePath} cannot be used: database or disk is full. Check the disk space and the permissions there.", refusal.Message);

        Assert.True(await ledger.SettleAsync(claim, Token));
        await IsDuplicate(1);
    }

    [Fact]
    public async Task Settling_at_the_same_time_loses_nothing()
    {
        SqliteLedger ledger = Create(capacity: 1000);
        UpdateClaim[] claims = await Task.WhenAll(Enumerable.Range(1, 200).Select(id => Task.Run(() => ledger.ClaimAsync(id, null, Token).AsTask(), Token)));
        await Task.WhenAll(claims.Select(claim => Task.Run(async () => Assert.True(await ledger.SettleAsync(claim, Token)), Token)));

        Assert.Equal(Enumerable.Range(1, 200), await Ids("state = 2"));
    }

    [Fact]
    public async Task What_a_former_version_settled_is_taken_over_and_its_file_is_removed()
    {
        await File.WriteAllTextAsync(FormerPath, """
            0f9cd2a1 ledger 1 0123456789abcdef
            00000000 claim 1 0 1769763135445
            00000000 done 1 0 1769763135445
            00000000 done 2 0 1769763135445
            not a line
            00000000 claim 2 0 1769763135445
            00000000 claim 3 0 1769763135445
            00000000 done 4 0 1769763135445
            00000000 don
            """, Token);
        await File.WriteAllTextAsync(FormerPath + ".lock", "", Token);

        await IsDuplicate(1);

        await IsDuplicate(4);
        Assert.Equal(1, (await Claim(2)).Attempt);
        Assert.Equal(1, (await Claim(3)).Attempt);
        Assert.Empty(Directory.GetFiles(_data.FullPath, "*.ledger*"));
        Assert.Empty(_storageLog.Entries);
    }

    [Fact]
    public async Task A_former_version_that_runs_keeps_its_file()
    {
        await File.WriteAllTextAsync(FormerPath, "00000000 done 1 0 1769763135445\n", Token);
        await using (new FileStream(FormerPath + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            UpdateLedgerException refusal = await Assert.ThrowsAsync<UpdateLedgerException>(() => Claim(1));
            Assert.Equal($"The ledger {FormerPath} cannot be used: a former version of Azker has it open. Stop that process.", refusal.Message);
        }

        await IsDuplicate(1);
    }

    protected override void Pass(TimeSpan time) => _time.Advance(time);

    protected override void SetClock(TimeSpan ahead) => _clock.Skew = ahead;

    private protected override Task<IUpdateLedger> OpenAsync() => Task.FromResult<IUpdateLedger>(Create());

    private static async Task<(ClaimOutcome Outcome, int Attempt)> Try(SqliteLedger ledger, int id)
    {
        UpdateClaim claim = await ledger.ClaimAsync(id, null, Token);
        return (claim.Outcome, claim.Attempt);
    }

    private static async Task ClaimMany(SqliteLedger ledger)
    {
        for (int id = 1000; id < 3000; id++)
        {
            await ledger.ClaimAsync(id, null, Token);
        }
    }

    /// <summary>Lets the file of an open database grow no more.</summary>
    private static Task<bool> Fill(LocalDatabase database) => database.RunAsync(
        connection =>
        {
            connection.Prepare("PRAGMA max_page_count = 1").ReadNumber();
            return true;
        },
        isDurable: false);

    /// <summary>Reads the ids in the file as another process does.</summary>
    private async Task<List<int>> Ids(string condition = "true")
    {
        Create();
        return await _databases[^1].RunAsync(
            connection => connection.Prepare($"SELECT id FROM updates WHERE {condition} ORDER BY id").ReadAll(row => (int)row.Number(0)), isDurable: false);
    }

    private SqliteLedger Create(ProcessIdentity? process = null, TimeProvider? time = null, string? directory = null, int capacity = Capacity)
    {
        var options = TestOptions.Local(directory ?? _data.FullPath, 7);
        var database = new LocalDatabase(options, time ?? _clock, _storageLog);
        _databases.Add(database);
        return new SqliteLedger(database, options, time ?? _clock, _log) { Capacity = capacity, Process = process ?? ProcessIdentity.Current };
    }
}
