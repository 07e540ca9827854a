using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Locking.OsLock;
using Azker.Core.Locking.PidFile;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>Other files in place of a lock file, by accident or by malice.</summary>
public sealed class PidFileLockHostileFileTests : PidFileLockFixture
{
    private const string Elsewhere = "elsewhere";

    public static MatrixTheoryData<string, string> HostileThings { get; } = new(
        ["bot.lock", "bot.pid"], ["symbolic link", "dangling symbolic link", "directory", "FIFO"]);

    [Theory]
    [MemberData(nameof(HostileThings))]
    public async Task Anything_but_a_plain_file_is_refused_by_name_and_left_alone(string file, string thing)
    {
        await Put(thing, Directory[file]);

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(
            () => Eventually.Completes(Task.Run(() => CreateLock().TryAcquireAsync(Token), Token)));

        Assert.StartsWith($"Cannot use {Directory[file]}: it is ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Remove it, then start again.", refusal.Message, StringComparison.Ordinal);
        Assert.False(refusal.IsPermission);
        Assert.Equal(thing == "symbolic link" ? ["mine"] : [], ReadElsewhere());
    }

    [Theory]
    [InlineData("symbolic link")]
    [InlineData("dangling symbolic link")]
    [InlineData("directory")]
    [InlineData("FIFO")]
    public async Task Asking_for_the_holder_opens_only_a_plain_file(string thing)
    {
        await Put(thing, PidPath);

        Assert.Null(await Eventually.Completes(Task.Run(() => CreateLock().GetHolderAsync(Token), Token)));
    }

    [Theory]
    [InlineData("bot.lock")]
    [InlineData("bot.pid")]
    public async Task A_file_of_another_user_is_refused_as_a_missing_permission(string file)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            // Only root can create a file of another user, so an existing file is used.
            Assert.True(Assert.Throws<InstanceLockException>(() => new LockDirectory(Directory.FullPath).CheckFile("/etc/passwd")).IsPermission);
            return;
        }

        await File.WriteAllTextAsync(Directory[file], "", Token);
        await Shell.Output($"chown 65534 '{Directory[file]}'");

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(() => CreateLock().TryAcquireAsync(Token));

        Assert.True(refusal.IsPermission);
        Assert.StartsWith($"Cannot use {Directory[file]}: it belongs to user id 65534, and this process runs as 0.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("4711\nhost: somewhere\nepoch: 17")]
    [InlineData("garbage\0\u0001\n\n::\n")]
    [InlineData("-1\n")]
    public async Task A_malformed_pid_file_names_nobody_and_is_replaced(string text)
    {
        await File.WriteAllTextAsync(PidPath, text, Token);
        Assert.Null(await CreateLock().GetHolderAsync(Token));

        await using IInstanceLockHandle handle = await Acquire();

        Assert.Equal(handle.Holder, await CreateLock().GetHolderAsync(Token));
    }

    [Fact]
    public async Task A_pid_file_of_four_megabytes_is_not_read_beyond_its_limit()
    {
        await File.WriteAllBytesAsync(PidPath, new byte[4 << 20], Token);

        Assert.Equal(4097, PidFileStore.Read(PidPath)!.Text.Length);
        Assert.Null(await CreateLock().GetHolderAsync(Token));
        await using IInstanceLockHandle handle = await Acquire();
        Assert.True(new FileInfo(PidPath).Length < 4096);
    }

    [Fact]
    public async Task The_partial_file_of_a_crashed_writer_is_removed()
    {
        await File.WriteAllTextAsync(AtomicFile.TemporaryOf(PidPath), "471", Token);

        await using IInstanceLockHandle handle = await Acquire();

        Assert.Equal([LockPath, PidPath], System.IO.Directory.GetFiles(Directory.FullPath).Order(StringComparer.Ordinal));
    }

    private async Task Put(string thing, string path)
    {
        switch (thing)
        {
            case "symbolic link":
                await File.WriteAllTextAsync(Directory[Elsewhere], "mine", Token);
                File.CreateSymbolicLink(path, Directory[Elsewhere]);
                break;
            case "dangling symbolic link":
                File.CreateSymbolicLink(path, Directory[Elsewhere]);
                break;
            case "directory":
                System.IO.Directory.CreateDirectory(path);
                break;
            default:
                await Shell.Output($"mkfifo '{path}'");
                break;
        }
    }

    private string[] ReadElsewhere() => File.Exists(Directory[Elsewhere]) ? [File.ReadAllText(Directory[Elsewhere])] : [];
}
