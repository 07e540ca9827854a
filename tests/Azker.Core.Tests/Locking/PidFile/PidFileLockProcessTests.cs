using System.Globalization;
using Azker.Core.Locking;
using Azker.Core.Locking.PidFile;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>The lock between real processes, which end in every way a process can end.</summary>
public sealed class PidFileLockProcessTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string PidPath => _directory["bot.pid"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_second_process_is_refused_and_told_the_pid_of_the_first()
    {
        await using var first = LockHolderProcess.Start(_directory.FullPath);
        await first.Says("held");

        await using var second = LockHolderProcess.Start(_directory.FullPath);

        Assert.Equal(Line($"refused {first.Id} 1"), await second.Says("refused", "held"));
        Assert.Equal(75, await second.Exit());
    }

    [Fact]
    public async Task Two_bots_run_in_one_directory_and_a_second_process_of_either_is_refused()
    {
        await using var first = LockHolderProcess.Start(_directory.FullPath, "--bot", "111");
        await first.Says("held");
        await using var second = LockHolderProcess.Start(_directory.FullPath, "--bot", "222");
        await second.Says("held");

        await using var third = LockHolderProcess.Start(_directory.FullPath, "--bot", "111");
        await using var fourth = LockHolderProcess.Start(_directory.FullPath, "--bot", "222");

        Assert.Equal(Line($"refused {first.Id} 111"), await third.Says("refused", "held"));
        Assert.Equal(Line($"refused {second.Id} 222"), await fourth.Says("refused", "held"));
    }

    [Fact]
    public async Task The_first_line_of_the_pid_file_is_the_pid_for_everyone_to_read()
    {
        await using var holder = LockHolderProcess.Start(_directory.FullPath);
        await holder.Says("held");

        string[] lines = await File.ReadAllLinesAsync(PidPath, Token);

        Assert.Equal(holder.Id.ToString(CultureInfo.InvariantCulture), lines[0]);
        Assert.Equal(lines, await Shell.Output($"cat '{PidPath}'"));
        Assert.Equal([lines[0]], await Shell.Output($"head -1 '{PidPath}'"));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    [InlineData("HUP")]
    public async Task A_stop_signal_leaves_no_pid_file(string signal)
    {
        await using var holder = LockHolderProcess.Start(_directory.FullPath);
        await holder.Says("held");

        await holder.Signal(signal);

        Assert.Equal(0, await holder.Exit());
        Assert.False(File.Exists(PidPath));
        await AssertIsFree();
    }

    [Fact]
    public async Task An_exit_without_release_leaves_no_pid_file()
    {
        await using var holder = LockHolderProcess.Start(_directory.FullPath);
        await holder.Says("held");

        await holder.Do("exit");

        Assert.Equal(3, await holder.Exit());
        Assert.False(File.Exists(PidPath));
        await AssertIsFree();
    }

    [Fact]
    public async Task An_unhandled_exception_leaves_no_pid_file()
    {
        await using var holder = LockHolderProcess.Start(_directory.FullPath);
        await holder.Says("held");

        await holder.Do("throw");

        Assert.NotEqual(0, await holder.Exit());
        Assert.False(File.Exists(PidPath));
        await AssertIsFree();
    }

    [Fact]
    public async Task A_killed_holder_leaves_its_pid_file_and_the_next_start_works_at_once()
    {
        await using var holder = LockHolderProcess.Start(_directory.FullPath);
        long epoch = EpochOf(await holder.Says("held"));
        await holder.Kill();
        Assert.True(File.Exists(PidPath));
        Assert.Null(await CreateLock().GetHolderAsync(Token));

        await using var next = LockHolderProcess.Start(_directory.FullPath);

        Assert.True(EpochOf(await next.Says("held", "refused")) > epoch);
        Assert.Equal(next.Id, (await CreateLock().GetHolderAsync(Token))!.ProcessId);
    }

    [Fact]
    public async Task A_standby_takes_over_from_a_killed_holder()
    {
        await using var holder = LockHolderProcess.Start(_directory.FullPath);
        await holder.Says("held");
        await using var standby = LockHolderProcess.Start(_directory.FullPath, "--wait");
        Assert.Equal(Line($"waiting {holder.Id} 1"), await standby.Says("waiting", "held"));

        await holder.Kill();

        await standby.Says("held");
    }

    [Fact]
    public async Task Killed_at_any_moment_a_holder_never_turns_the_epoch_back()
    {
        long last = 0;
        var random = new Random(20261124);
        for (int round = 0; round < TestRounds.Of(20); round++)
        {
            await using var holder = LockHolderProcess.Start(_directory.FullPath);
            int polls = random.Next(30);
            await Eventually.IsTrue(() => polls-- <= 0, "the holder is under way");
            await holder.Kill();

            await using IInstanceLockHandle? handle = await CreateLock().TryAcquireAsync(Token);
            Assert.True(handle!.Holder.Epoch > last);
            last = handle.Holder.Epoch;
        }
    }

    [Fact]
    public async Task A_paused_holder_still_holds_the_lock()
    {
        await using var holder = LockHolderProcess.Start(_directory.FullPath);
        await holder.Says("held");
        await holder.Signal("STOP");

        Assert.Null(await CreateLock().TryAcquireAsync(Token));
        Assert.Equal(holder.Id, (await CreateLock().GetHolderAsync(Token))!.ProcessId);

        await holder.Signal("CONT");
        await holder.Do("release");
        Assert.Equal(0, await holder.Exit());
    }

    [Fact]
    public async Task A_paused_holder_whose_lock_file_is_removed_knows_when_it_continues()
    {
        await using var holder = LockHolderProcess.Start(_directory.FullPath);
        await holder.Says("held");
        await holder.Signal("STOP");
        File.Delete(_directory["bot.lock"]);
        await using IInstanceLockHandle? next = await CreateLock().TryAcquireAsync(Token);
        Assert.NotNull(next);

        await holder.Signal("CONT");

        Assert.Contains("bot.lock was replaced", await holder.Says("lost"), StringComparison.Ordinal);
        await holder.Do("release");
        Assert.Equal(0, await holder.Exit());
        Assert.Equal(next.Holder, await CreateLock().GetHolderAsync(Token));
    }

    [Fact]
    public async Task A_child_of_a_killed_holder_does_not_keep_the_lock()
    {
        await using var holder = LockHolderProcess.Start(_directory.FullPath);
        await holder.Says("held");
        await holder.Do("child");
        int child = int.Parse((await holder.Says("child")).Split(' ')[1], CultureInfo.InvariantCulture);
        try
        {
            await holder.Kill();
            await AssertIsFree();
        }
        finally
        {
            await LockHolderProcess.Send("KILL", child);
        }
    }

    [Fact]
    public async Task Of_six_processes_that_start_together_exactly_one_holds()
    {
        for (int round = 0; round < 3; round++)
        {
            LockHolderProcess[] racers = [.. Enumerable.Range(0, 6).Select(_ => LockHolderProcess.Start(_directory.FullPath))];
            try
            {
                string[] answers = await Task.WhenAll(racers.Select(racer => racer.Says("held", "refused", "error")));
                Assert.Single(answers, answer => answer.StartsWith("held", StringComparison.Ordinal));
                Assert.Equal(5, answers.Count(answer => answer.StartsWith("refused", StringComparison.Ordinal)));
            }
            finally
            {
                foreach (LockHolderProcess racer in racers)
                {
                    await racer.DisposeAsync();
                }
            }
        }
    }

    [Fact]
    public async Task A_process_without_os_locks_never_holds_the_lock_and_says_what_to_do()
    {
        await using var other = LockHolderProcess.Start(_directory.FullPath, hasNoOsLocks: true);

        Assert.Equal(
            $"error other OS locks do not work in DATA_DIR ({_directory.FullPath}). Point DATA_DIR at a local disk, or set AzureWebJobsStorage to "
            + "a storage account; unset DOTNET_SYSTEM_IO_DISABLEFILELOCKING if it is set.",
            await other.Says("error", "held"));
        Assert.Equal(77, await other.Exit());
        Assert.False(File.Exists(PidPath));
    }

    [Theory]
    [InlineData()]
    [InlineData("--wait")]
    public async Task A_process_without_os_locks_leaves_the_holder_alone(params string[] arguments)
    {
        await using IInstanceLockHandle? held = await CreateLock().TryAcquireAsync(Token);

        await using var other = LockHolderProcess.Start(_directory.FullPath, hasNoOsLocks: true, arguments);

        Assert.StartsWith("error other OS locks do not work in DATA_DIR", await other.Says("error", "held"), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.MaxValue, held!.Remaining);
        Assert.Equal(held.Holder, await CreateLock().GetHolderAsync(Token));
    }

    [Theory]
    [InlineData("0", "bot.lock")]
    [InlineData("100", "bot.pid")]
    public async Task A_full_disk_is_reported_and_leaves_no_half_file(string writableBytes, string file)
    {
        await using var holder = LockHolderProcess.Start(_directory.FullPath, "--file-size-limit", writableBytes);

        Assert.StartsWith($"error other Cannot write {_directory[file]}: the disk or the quota is full.", await holder.Says("error", "held"), StringComparison.Ordinal);

        Assert.Equal([_directory["bot.lock"]], Directory.GetFiles(_directory.FullPath));
        await AssertIsFree();
    }

    private static string Line(FormattableString line) => FormattableString.Invariant(line);

    private static long EpochOf(string heldLine) => long.Parse(heldLine.Split(' ')[2], CultureInfo.InvariantCulture);

    private PidFileLock CreateLock() => new(TestOptions.Local(_directory.FullPath), TimeProvider.System, NullLogger<PidFileLock>.Instance);

    private async Task AssertIsFree()
    {
        await using IInstanceLockHandle? handle = await CreateLock().TryAcquireAsync(Token);
        Assert.NotNull(handle);
    }
}
