using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>A record without the OS lock of its writer holds nothing, whatever its content.</summary>
public sealed class PidFileLockLeftBehindTests : PidFileLockFixture
{
    private static readonly ProcessIdentity Current = ProcessIdentity.Current;

    [Fact]
    public Task A_process_that_is_gone_holds_nothing() => AssertIsTaken(Current with { ProcessId = int.MaxValue });

    [Fact]
    public async Task A_reused_pid_holds_nothing()
    {
        await using var other = LockHolderProcess.Start(Directory["other"]);
        await other.Says("held");

        await AssertIsTaken(Current with { ProcessId = other.Id, StartTicks = "1" });
    }

    [Fact]
    public Task A_process_from_before_the_reboot_holds_nothing() =>
        AssertIsTaken(Current with { Boot = "another boot", StartTicks = "1", Machine = Current.Machine ?? "a machine" });

    [Fact]
    public Task A_process_that_had_our_pid_holds_nothing() => AssertIsTaken(Current);

    [Fact]
    public Task The_first_process_of_a_restarted_container_holds_nothing() => AssertIsTaken(Current with { PidNamespace = "1", StartTicks = "1" });

    [Fact]
    public Task A_record_of_another_host_holds_nothing_without_its_OS_lock() =>
        AssertIsTaken(Current with { ProcessId = int.MaxValue, Host = "elsewhere", Machine = "another", Boot = "another" });

    [Fact]
    public async Task A_holder_in_another_container_is_named_by_its_OS_lock()
    {
        await File.WriteAllTextAsync(PidPath, Records.Of(Current with { Host = "another container", PidNamespace = "1" }).ToText(), Token);
        await using FileStream held = RawFile.Open(PidPath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

        LockHolder? holder = await CreateLock().GetHolderAsync(Token);

        Assert.Equal("another container", holder!.Host);
    }

    [Fact]
    public async Task Nothing_but_the_lock_file_stays_after_a_record_was_replaced()
    {
        await File.WriteAllTextAsync(PidPath, Records.Dead().ToText(), Token);

        await (await Acquire()).DisposeAsync();

        Assert.Equal([LockPath], System.IO.Directory.GetFiles(Directory.FullPath));
    }

    private async Task AssertIsTaken(ProcessIdentity left)
    {
        await File.WriteAllTextAsync(PidPath, Records.Of(left).ToText(), Token);
        Assert.Null(await CreateLock().GetHolderAsync(Token));

        await using IInstanceLockHandle handle = await Acquire();

        Assert.Equal(handle.Holder, await CreateLock().GetHolderAsync(Token));
    }
}
