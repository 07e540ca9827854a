using Azker.Core.Locking;
using Azker.Core.Locking.OsLock;
using Azker.Core.Locking.PidFile;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>Two bots work in one directory, and of each bot one instance.</summary>
public sealed class PidFileLockSeveralBotsTests : PidFileLockFixture
{
    private const long FirstBot = 1;
    private const long SecondBot = 2;

    private string OwnPidPath => Directory["bot-2.pid"];

    [Fact]
    public async Task The_second_bot_has_a_lock_and_a_PID_file_of_its_own_and_the_log_says_so()
    {
        await using IInstanceLockHandle first = await Take(FirstBot);

        await using IInstanceLockHandle second = await Take(SecondBot);

        Assert.Equal([FirstBot, SecondBot], [RecordAt(PidPath).BotId, RecordAt(OwnPidPath).BotId]);
        Assert.Contains(Logger.Entries, entry => entry.EventId == 1103
            && entry.Message == $"Another bot, 1, holds {LockPath}. The receiver lock of this bot is {Directory["bot-2.lock"]}.");
    }

    [Theory]
    [InlineData(FirstBot)]
    [InlineData(SecondBot)]
    public async Task A_second_instance_of_either_bot_is_refused_and_told_the_holder(long botId)
    {
        await using IInstanceLockHandle first = await Take(FirstBot);
        await using IInstanceLockHandle second = await Take(SecondBot);
        PidFileLock another = Of(botId);

        Assert.Null(await another.TryAcquireAsync(Token));
        Assert.Equal(botId == FirstBot ? first.Holder : second.Holder, await another.GetHolderAsync(Token));
    }

    [Fact]
    public async Task When_the_first_bot_has_ended_a_second_instance_of_the_other_bot_is_still_refused()
    {
        IInstanceLockHandle first = await Take(FirstBot);
        await using IInstanceLockHandle second = await Take(SecondBot);
        await first.DisposeAsync();

        Assert.Null(await Of(SecondBot).TryAcquireAsync(Token));
        Assert.Equal(second.Holder, await Of(SecondBot).GetHolderAsync(Token));
        await using IInstanceLockHandle again = await Take(FirstBot);
    }

    [Fact]
    public async Task A_bot_alone_in_the_directory_uses_bot_pid_again_with_a_higher_epoch()
    {
        IInstanceLockHandle first = await Take(FirstBot);
        IInstanceLockHandle second = await Take(SecondBot);
        await first.DisposeAsync();
        await second.DisposeAsync();
        File.Delete(LockPath);

        await using IInstanceLockHandle next = await Take(SecondBot);

        Assert.Equal(SecondBot, RecordAt(PidPath).BotId);
        Assert.False(File.Exists(OwnPidPath));
        Assert.True(next.Holder.Epoch > second.Holder.Epoch);
    }

    [Fact]
    public async Task A_bot_that_had_bot_lock_gets_a_higher_epoch_with_the_lock_of_its_own()
    {
        IInstanceLockHandle earlier = await Take(SecondBot);
        await earlier.DisposeAsync();
        await using IInstanceLockHandle first = await Take(FirstBot);

        await using IInstanceLockHandle second = await Take(SecondBot);

        Assert.True(second.Holder.Epoch > earlier.Holder.Epoch);
    }

    [Fact]
    public async Task While_nobody_knows_which_bot_holds_bot_lock_a_start_is_refused()
    {
        var directory = new LockDirectory(Directory.FullPath);
        directory.Prepare();
        using LockFile held = LockFile.TryOpen(directory, LockPath)!;

        Assert.Null(await Of(SecondBot).TryAcquireAsync(Token));
    }

    private PidFileLock Of(long botId) => new(TestOptions.Local(Directory.FullPath, botId), Time, Logger);

    private async Task<IInstanceLockHandle> Take(long botId)
    {
        IInstanceLockHandle? handle = await Of(botId).TryAcquireAsync(Token);
        Assert.NotNull(handle);
        return handle;
    }

    private static LockHolder RecordAt(string path) => PidFileStore.Read(path)!.Record!.Holder;
}
