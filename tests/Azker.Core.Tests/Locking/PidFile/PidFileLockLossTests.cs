using Azker.Core.Locking;
using Azker.Core.Locking.PidFile;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>The loss of the lock when another program removes or replaces the files of the holder.</summary>
public sealed class PidFileLockLossTests : PidFileLockFixture
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_removed_lock_file_loses_the_lock_within_a_second()
    {
        await using IInstanceLockHandle handle = await Acquire();
        File.Delete(LockPath);

        Time.Advance(WatchInterval);

        await Eventually.IsTrue(() => handle.Lost.IsCancellationRequested, "the lock is lost");
        Assert.Equal($"{LockPath} was removed or renamed while the lock on it was held", handle.LostReason);
        Assert.Equal(TimeSpan.Zero, handle.Remaining);
    }

    [Fact]
    public async Task A_replaced_lock_file_loses_the_lock_at_the_next_query()
    {
        await using IInstanceLockHandle first = await Acquire();
        File.Delete(LockPath);
        await using IInstanceLockHandle second = await Acquire();

        Assert.Equal(TimeSpan.Zero, first.Remaining);

        Assert.Equal($"{LockPath} was replaced while the lock on it was held", first.LostReason);
        Assert.Equal(TimeSpan.MaxValue, second.Remaining);
        Assert.True(second.Holder.Epoch > first.Holder.Epoch);
        await Eventually.IsTrue(() => first.Lost.IsCancellationRequested, "the lock is lost");
    }

    [Fact]
    public async Task A_directory_that_is_moved_away_loses_the_lock()
    {
        string data = Directory["data"];
        await using IInstanceLockHandle? handle = await CreateLock(data).TryAcquireAsync(Token);

        System.IO.Directory.Move(data, Directory["moved"]);

        Assert.Equal(TimeSpan.Zero, handle!.Remaining);
    }

    [Fact]
    public async Task Releasing_a_lost_lock_leaves_the_next_holder_alone()
    {
        IInstanceLockHandle first = await Acquire();
        File.Delete(LockPath);
        await using IInstanceLockHandle second = await Acquire();

        await first.DisposeAsync();

        Assert.Equal(second.Holder, await CreateLock().GetHolderAsync(Token));
        Assert.Equal(TimeSpan.MaxValue, second.Remaining);
    }

    [Fact]
    public async Task An_instance_that_lost_the_lock_can_take_it_again()
    {
        PidFileLock instance = CreateLock();
        await using IInstanceLockHandle? first = await instance.TryAcquireAsync(Token);
        File.Delete(LockPath);
        Assert.Equal(TimeSpan.Zero, first!.Remaining);

        await using IInstanceLockHandle? second = await instance.TryAcquireAsync(Token);

        Assert.True(second!.Holder.Epoch > first.Holder.Epoch);
        await first.DisposeAsync();
        Assert.Equal(second.Holder, await CreateLock().GetHolderAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_listener_that_blocks_or_throws_delays_nobody()
    {
        using var unblock = new ManualResetEventSlim();
        await using IInstanceLockHandle handle = await Acquire();
        handle.Lost.Register(() => throw new InvalidTimeZoneException());
        handle.Lost.Register(() => unblock.Wait(TestContext.Current.CancellationToken));
        File.Delete(LockPath);

        Time.Advance(WatchInterval);

        Assert.Equal(TimeSpan.Zero, handle.Remaining);
        await handle.DisposeAsync();
        await using IInstanceLockHandle next = await Acquire();
        unblock.Set();
        await Eventually.IsTrue(() => Logger.Entries.Any(entry => entry.EventId == 1203), "the listener's failure is logged");
    }

    [Fact]
    public async Task A_removed_pid_file_is_written_again_while_the_lock_is_held()
    {
        await using IInstanceLockHandle handle = await Acquire();
        File.Delete(PidPath);
        Assert.Null(await CreateLock().GetHolderAsync(Token));

        Time.Advance(WatchInterval);

        Assert.Equal(handle.Holder, await CreateLock().GetHolderAsync(Token));
        Assert.Equal(TimeSpan.MaxValue, handle.Remaining);
        await handle.DisposeAsync();
        Assert.False(File.Exists(PidPath));
    }

    [Fact]
    public async Task A_lock_stays_held_when_its_pid_file_cannot_be_written_again()
    {
        await using IInstanceLockHandle handle = await Acquire();
        File.Delete(PidPath);
        System.IO.Directory.CreateDirectory(PidPath);

        Time.Advance(WatchInterval);

        Assert.Equal(TimeSpan.MaxValue, handle.Remaining);
        Assert.Contains(Logger.Entries, entry => entry.EventId == 1205);
    }

    [Fact]
    public async Task A_released_lock_is_no_longer_watched()
    {
        IInstanceLockHandle handle = await Acquire();
        await handle.DisposeAsync();
        File.Delete(LockPath);

        Time.Advance(10 * WatchInterval);

        Assert.False(handle.Lost.IsCancellationRequested);
        Assert.Null(handle.LostReason);
        Assert.False(File.Exists(PidPath));
    }
}
