using System.Runtime.Versioning;
using Azker.Core.Infrastructure;
using Azker.Core.Locking;
using Azker.Core.Locking.OsLock;
using Azker.Core.Locking.PidFile;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>Which directories are accepted for the lock.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PidFileLockDirectoryTests : PidFileLockFixture
{
    private const UnixFileMode Everyone = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [Fact]
    public async Task A_missing_directory_is_created_for_its_owner_alone()
    {
        string missing = Directory["a/b"];

        await using IInstanceLockHandle? handle = await CreateLock(missing).TryAcquireAsync(Token);

        Assert.NotNull(handle);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(missing));
    }

    [Fact]
    public async Task The_lock_file_is_its_owners_alone_and_the_pid_file_is_for_everyone_to_read()
    {
        await using IInstanceLockHandle handle = await Acquire();

        Assert.Equal(RawFile.OwnerOnly, File.GetUnixFileMode(LockPath));
        Assert.Equal(RawFile.Readable, File.GetUnixFileMode(PidPath));
    }

    [Theory]
    [InlineData("بيانات البوت")]
    [InlineData("données – дані – データ 🤖")]
    [InlineData("a:b 'c' \"d\" $e")]
    public async Task Any_name_is_accepted_for_the_directory(string name)
    {
        await using IInstanceLockHandle? handle = await CreateLock(Directory[name]).TryAcquireAsync(Token);

        Assert.Equal(handle!.Holder, await CreateLock(Directory[name]).GetHolderAsync(Token));
        Assert.Null(await CreateLock(Directory[name]).TryAcquireAsync(Token));
        Assert.True(File.Exists(Path.Combine(Directory[name], "bot.pid")));
    }

    [Fact]
    public async Task A_long_path_is_accepted_for_the_directory()
    {
        string deep = Directory[string.Join('/', Enumerable.Repeat(new string('ج', 100), 15))];

        await using IInstanceLockHandle? handle = await CreateLock(deep).TryAcquireAsync(Token);

        Assert.Equal(handle!.Holder, await CreateLock(deep).GetHolderAsync(Token));
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_refused_with_a_message()
    {
        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(
            () => CreateLock(Directory[new string('x', 300)]).TryAcquireAsync(Token));

        Assert.StartsWith($"Cannot use {Directory[new string('x', 300)]}: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_place_of_the_directory_is_refused()
    {
        await File.WriteAllTextAsync(Directory["data"], "", Token);

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(() => CreateLock(Directory["data"]).TryAcquireAsync(Token));

        Assert.Equal($"Cannot use {Directory["data"]}: it is not a directory. Remove it, or point DATA_DIR at a directory.", refusal.Message);
    }

    [Fact]
    public async Task A_link_to_nothing_in_place_of_the_directory_is_refused()
    {
        File.CreateSymbolicLink(Directory["data"], Directory["nothing"]);

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(() => CreateLock(Directory["data"]).TryAcquireAsync(Token));

        Assert.StartsWith($"Cannot use {Directory["data"]}: it is a symbolic link to nothing.", refusal.Message, StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(Directory["nothing"]));
    }

    [Fact]
    public async Task A_directory_reached_over_a_link_is_the_same_directory()
    {
        System.IO.Directory.CreateDirectory(Directory["real"]);
        File.CreateSymbolicLink(Directory["link"], Directory["real"]);

        await using IInstanceLockHandle? handle = await CreateLock(Directory["link"]).TryAcquireAsync(Token);

        Assert.NotNull(handle);
        Assert.Null(await CreateLock(Directory["real"]).TryAcquireAsync(Token));
    }

    [Fact]
    public async Task A_directory_that_every_user_can_write_is_used_with_a_warning()
    {
        File.SetUnixFileMode(Directory.FullPath, File.GetUnixFileMode(Directory.FullPath) | Everyone);
        PidFileLock instanceLock = CreateLock();

        await using IInstanceLockHandle? handle = await instanceLock.TryAcquireAsync(Token);
        await instanceLock.CheckAsync(Token);

        Assert.NotNull(handle);
        Assert.Null(await CreateLock().TryAcquireAsync(Token));
        string[] warnings = [.. Logger.Entries.Where(entry => entry.Level == LogLevel.Warning).Select(entry => entry.Message)];
        Assert.Equal(2, warnings.Length);
        Assert.All(warnings, warning => Assert.Equal(
            $"Every user can write in {Directory.FullPath}, so every user could remove the lock. Run 'chmod o-w' on it, or point DATA_DIR at another directory.", warning));
    }

    [Fact]
    public async Task A_directory_like_tmp_where_no_user_removes_the_files_of_others_is_accepted()
    {
        File.SetUnixFileMode(Directory.FullPath, File.GetUnixFileMode(Directory.FullPath) | Everyone | UnixFileMode.StickyBit);

        await using IInstanceLockHandle handle = await Acquire();
    }

    [Theory]
    [InlineData(1000u, 1000u, true)]
    [InlineData(0u, 1000u, true)]
    [InlineData(1000u, 0u, true)]
    [InlineData(1001u, 1000u, false)]
    public void A_directory_of_another_user_is_refused(uint owner, uint user, bool isTrusted) =>
        Assert.Equal(isTrusted, LockDirectory.IsTrustedOwner(owner, user));

    [Fact]
    public void A_directory_that_cannot_be_written_is_reported_as_a_missing_permission()
    {
        File.SetUnixFileMode(Directory.FullPath, ReadOnly);
        try
        {
            InstanceLockException? refusal = WithoutRoot.Run(() => Assert.Throws<InstanceLockException>(
                () => CreateLock().TryAcquireAsync(CancellationToken.None).GetAwaiter().GetResult()));

            Assert.True(refusal.IsPermission);
            Assert.StartsWith($"Cannot use {LockPath}: permission denied for user id ", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(Directory.FullPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
