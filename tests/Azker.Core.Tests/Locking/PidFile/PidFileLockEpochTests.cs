using System.Globalization;
using Azker.Core.Locking;
using Azker.Core.Locking.PidFile;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>The epoch grows whatever happens to the clock and to the files, and the log says how the lock was taken.</summary>
public sealed class PidFileLockEpochTests : PidFileLockFixture
{
    [Fact]
    public async Task The_first_epoch_is_the_time_in_unix_seconds()
    {
        await using IInstanceLockHandle handle = await Acquire();

        Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds(), handle.Holder.Epoch);
    }

    [Fact]
    public async Task A_clock_that_stands_still_does_not_hold_the_epoch()
    {
        IInstanceLockHandle first = await Acquire();
        await first.DisposeAsync();
        await using IInstanceLockHandle second = await Acquire();

        Assert.Equal(first.Holder.Epoch + 1, second.Holder.Epoch);
    }

    [Fact]
    public async Task The_epoch_of_a_crashed_holder_is_passed_even_if_the_lock_file_forgot_it()
    {
        long ahead = Time.GetUtcNow().ToUnixTimeSeconds() + 3600;
        await File.WriteAllTextAsync(PidPath, Records.Dead(epoch: ahead).ToText(), Token);

        await using IInstanceLockHandle handle = await Acquire();

        Assert.Equal(ahead + 1, handle.Holder.Epoch);
    }

    [Fact]
    public async Task The_epoch_of_this_instance_is_passed_even_if_all_files_are_gone()
    {
        PidFileLock instance = CreateLock();
        IInstanceLockHandle? first = await instance.TryAcquireAsync(Token);
        await first!.DisposeAsync();
        File.Delete(LockPath);

        await using IInstanceLockHandle? second = await instance.TryAcquireAsync(Token);

        Assert.Equal(first.Holder.Epoch + 1, second!.Holder.Epoch);
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-5")]
    [InlineData("nonsense that is much longer than a number")]
    public async Task A_damaged_epoch_in_the_lock_file_is_ignored(string text)
    {
        await File.WriteAllTextAsync(LockPath, text, Token);

        IInstanceLockHandle first = await Acquire();
        await first.DisposeAsync();
        await using IInstanceLockHandle second = await Acquire();

        Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds(), first.Holder.Epoch);
        Assert.Equal(first.Holder.Epoch + 1, second.Holder.Epoch);
    }

    [Fact]
    public async Task The_log_says_at_debug_that_an_os_lock_was_taken()
    {
        await using IInstanceLockHandle handle = await Acquire();

        Assert.Contains(Logger.Entries, entry => entry is { Level: LogLevel.Debug, EventId: 1101 }
            && entry.Message == string.Create(CultureInfo.InvariantCulture, $"The receiver lock was taken with an OS lock on {LockPath}, epoch {handle.Holder.Epoch}."));
        Assert.DoesNotContain(Logger.Entries, entry => entry.Level >= LogLevel.Information);
    }
}
