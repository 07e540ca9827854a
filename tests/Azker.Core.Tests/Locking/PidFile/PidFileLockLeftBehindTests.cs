using Azker.Core.Locking;
using Azker.Core.Locking.OsLock;
using Azker.Core.Locking.PidFile;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>Without OS locks: which records are proven to be left behind, and which count as held.</summary>
public sealed class PidFileLockLeftBehindTests : PidFileLockFixture
{
    private static readonly ProcessIdentity Current = ProcessIdentity.Current;

    private string BreakPath => Directory["bot.break"];

    [Fact]
    public Task A_process_that_is_gone_holds_nothing() => AssertIsTaken(Records.Dead());

    [Fact]
    public async Task A_reused_pid_holds_nothing()
    {
        await using var other = LockHolderProcess.Start(Directory["other"]);
        await other.Says("held");

        await AssertIsTaken(Records.Of(Current with { ProcessId = other.Id, StartTicks = "1" }));
    }

    [Fact]
    public Task A_process_from_before_the_reboot_holds_nothing() =>
        AssertIsTaken(Records.Of(Current with { Boot = "another boot", StartTicks = "1", Machine = Current.Machine ?? "a machine" }));

    [Fact]
    public Task A_process_that_had_our_pid_holds_nothing() => AssertIsTaken(Records.Of(Current));

    [Fact]
    public Task The_first_process_of_a_restarted_container_holds_nothing() =>
        AssertIsTaken(Records.Of(Current with { PidNamespace = "1", StartTicks = "1" }));

    [Fact]
    public async Task A_process_that_runs_holds_the_lock()
    {
        await using var other = LockHolderProcess.Start(Directory["other"]);
        await other.Says("held");
        ProcessIdentity running = PidFileStore.Read(Path.Combine(Directory["other"], "bot.pid"))!.Record!.Process;

        await AssertIsHeld(Records.Of(running));
    }

    [Fact]
    public Task A_process_of_another_host_holds_the_lock() =>
        AssertIsHeld(Records.Of(Current with { ProcessId = int.MaxValue, Host = "elsewhere", Machine = "another", Boot = "another" }));

    [Fact]
    public Task A_process_of_another_host_that_was_made_from_the_same_image_holds_the_lock() =>
        AssertIsHeld(Records.Of(Current with { ProcessId = int.MaxValue, Host = "elsewhere", Boot = "another" }));

    [Fact]
    public Task A_process_of_another_container_holds_the_lock() =>
        AssertIsHeld(Records.Of(Current with { ProcessId = int.MaxValue, PidNamespace = "1" }));

    [Fact]
    public Task The_first_process_of_another_container_holds_the_lock() =>
        AssertIsHeld(Records.Of(Current with { Host = "another container", PidNamespace = "1" }));

    [Fact]
    public Task A_process_of_which_too_little_is_known_holds_the_lock() =>
        AssertIsHeld(Records.Of(Current with { ProcessId = int.MaxValue, Boot = null }));

    [Fact]
    public async Task A_holder_that_cannot_be_judged_is_named_together_with_what_to_do()
    {
        await AssertIsHeld(Records.Of(Current with { ProcessId = 4711, Host = "elsewhere", PidNamespace = "1" }));

        LogEntry warning = Assert.Single(Logger.Entries, entry => entry.EventId == 1);
        Assert.StartsWith($"{PidPath} was written by process 4711 on host elsewhere", warning.Message, StringComparison.Ordinal);
        Assert.Contains("remove that file", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_warns_once_of_a_holder_that_cannot_be_judged()
    {
        await File.WriteAllTextAsync(PidPath, Records.Of(Current with { Host = "elsewhere", PidNamespace = "1" }).ToText(), Token);
        PidFileLock instance = CreateLock(hasOsLocks: false);

        Assert.Null(await instance.TryAcquireAsync(Token));
        Assert.Null(await instance.TryAcquireAsync(Token));

        Assert.Single(Logger.Entries, entry => entry.EventId == 1);
    }

    [Fact]
    public async Task With_os_locks_too_a_holder_without_them_that_cannot_be_judged_is_named()
    {
        await File.WriteAllTextAsync(PidPath, Records.Of(Current with { Host = "elsewhere", PidNamespace = "1" }).ToText(), Token);

        Assert.Null(await CreateLock().TryAcquireAsync(Token));

        Assert.Single(Logger.Entries, entry => entry.EventId == 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4711\nhost: somewh")]
    [InlineData("garbage")]
    public async Task A_malformed_file_is_cleared_away_after_two_seconds_and_not_before(string text)
    {
        await File.WriteAllTextAsync(PidPath, text, Token);
        Task<IInstanceLockHandle?> attempt = CreateLock(hasOsLocks: false).TryAcquireAsync(Token);

        TimeSpan waited = await AdvanceUntil(attempt);

        await using IInstanceLockHandle? handle = await attempt;
        Assert.NotNull(handle);
        Assert.True(waited >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_file_that_is_still_being_written_is_waited_for()
    {
        string record = Records.Of(Current with { ProcessId = int.MaxValue, PidNamespace = "1" }).ToText();
        await File.WriteAllTextAsync(PidPath, record[..50], Token);
        Task<IInstanceLockHandle?> attempt = CreateLock(hasOsLocks: false).TryAcquireAsync(Token);
        Time.Advance(TimeSpan.FromSeconds(1));

        await File.WriteAllTextAsync(PidPath, record, Token);
        await AdvanceUntil(attempt);

        Assert.Null(await attempt);
        Assert.Equal(record, await File.ReadAllTextAsync(PidPath, Token));
    }

    [Fact]
    public async Task A_cancelled_wait_for_a_malformed_file_leaves_it_alone()
    {
        using var cancellation = new CancellationTokenSource();
        await File.WriteAllTextAsync(PidPath, "half", Token);
        PidFileLock instance = CreateLock(hasOsLocks: false);
        Task<IInstanceLockHandle?> attempt = instance.TryAcquireAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(attempt));
        Assert.Equal("half", await File.ReadAllTextAsync(PidPath, Token));
        File.Delete(PidPath);
        await using IInstanceLockHandle? next = await instance.TryAcquireAsync(Token);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_clearer_that_crashed_stops_nobody()
    {
        await File.WriteAllTextAsync(PidPath, Records.Dead().ToText(), Token);
        await File.WriteAllTextAsync(BreakPath, Records.Dead().ToText(), Token);

        await using IInstanceLockHandle handle = await Acquire(hasOsLocks: false);

        Assert.False(File.Exists(BreakPath));
    }

    [Fact]
    public async Task A_record_is_not_cleared_away_while_another_instance_is_about_it()
    {
        await File.WriteAllTextAsync(PidPath, Records.Dead().ToText(), Token);
        await File.WriteAllTextAsync(BreakPath, Records.Of(Current with { Host = "elsewhere", PidNamespace = "1" }).ToText(), Token);

        Assert.Null(await CreateLock(hasOsLocks: false).TryAcquireAsync(Token));

        Assert.True(File.Exists(PidPath));
    }

    [Fact]
    public async Task Nothing_but_the_lock_file_stays_after_a_record_was_cleared_away()
    {
        await File.WriteAllTextAsync(PidPath, Records.Dead().ToText(), Token);

        await (await Acquire(hasOsLocks: false)).DisposeAsync();

        Assert.Equal([LockPath], System.IO.Directory.GetFiles(Directory.FullPath));
    }

    private async Task AssertIsTaken(PidFileRecord left)
    {
        await File.WriteAllTextAsync(PidPath, left.ToText(), Token);
        Assert.Null(await CreateLock().GetHolderAsync(Token));

        await using IInstanceLockHandle handle = await Acquire(hasOsLocks: false);

        Assert.Equal(handle.Holder, await CreateLock().GetHolderAsync(Token));
    }

    private async Task AssertIsHeld(PidFileRecord left)
    {
        await File.WriteAllTextAsync(PidPath, left.ToText(), Token);

        Assert.Null(await CreateLock(hasOsLocks: false).TryAcquireAsync(Token));

        Assert.Equal(left.Holder, await CreateLock().GetHolderAsync(Token));
        Assert.Equal(left.ToText(), await File.ReadAllTextAsync(PidPath, Token));
    }

    private Task<TimeSpan> AdvanceUntil(Task attempt) => Time.PassUntil(() => attempt.IsCompleted, "the attempt ends");
}
