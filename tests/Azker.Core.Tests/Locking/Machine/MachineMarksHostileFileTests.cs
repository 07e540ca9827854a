using Azker.Core.Locking;
using Azker.Core.Locking.Machine;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.Machine;

/// <summary>Files that another user of the machine may put into the directory that all users share.</summary>
public sealed class MachineMarksHostileFileTests : IDisposable
{
    private const string Name = "azker-test";

    private static readonly LockHolder Holder = new(
        4711, "box-1", "instance", 123456, 7, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "0.1.0");

    private readonly TempDirectory _directory = new();

    public static TheoryData<string> HostileThings => ["symbolic link", "dangling symbolic link", "directory", "FIFO"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(HostileThings))]
    public async Task A_planted_lock_file_is_not_opened_and_takes_the_name_from_nobody(string thing)
    {
        await Put(thing, _directory[$"{Name}.lock"]);
        var marks = new FileMarks(_directory.FullPath);

        Assert.False(await Eventually.Completes(Task.Run(() => marks.IsTaken(Name), Token)));
        await Assert.ThrowsAsync<InstanceLockException>(() => Eventually.Completes(Task.Run(() => marks.TryTake(Name, Holder), Token)));

        Assert.False(File.Exists(_directory["target"]));
    }

    [Theory]
    [MemberData(nameof(HostileThings))]
    public async Task A_planted_description_names_nobody(string thing)
    {
        await Put(thing, _directory[$"{Name}.json"]);

        Assert.Null(await Eventually.Completes(Task.Run(() => new FileMarks(_directory.FullPath).ReadAsync(Name, Token), Token)));
    }

    [Fact]
    public async Task A_description_of_four_megabytes_is_not_read_beyond_its_limit()
    {
        using IDisposable? mark = new FileMarks(_directory.FullPath).TryTake(Name, Holder);
        await File.AppendAllTextAsync(_directory[$"{Name}.json"], new string(' ', 4 * 1024 * 1024) + "x", Token);

        // Within its limit the text is the description and spaces, which is JSON.
        Assert.Equal(Holder, await new FileMarks(_directory.FullPath).ReadAsync(Name, Token));
    }

    private Task<string[]> Put(string thing, string path) => Shell.Output(thing switch
    {
        "symbolic link" => $"ln -s /etc/passwd '{path}'",
        "dangling symbolic link" => $"ln -s '{_directory["target"]}' '{path}'",
        "directory" => $"mkdir '{path}'",
        _ => $"mkfifo '{path}'",
    });
}
