using Azker.Core.Configuration;
using Azker.Core.Locking;
using Azker.Core.Locking.Machine;
using Azker.Core.Locking.PidFile;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Locking.Machine;

public sealed class MachineLockTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TempDirectory _directory = new();
    private readonly RecordingLogger<MachineLock> _log = new();
    private readonly FileMarks _marks;

    public MachineLockTests() => _marks = new FileMarks(_directory["marks"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_second_start_from_another_directory_is_refused_and_learns_PID_directory_and_start_of_the_first()
    {
        await using IInstanceLockHandle? first = await Lock("a").TryAcquireAsync(Cancellation);
        MachineLock second = Lock("b");

        Assert.Null(await second.TryAcquireAsync(Cancellation));

        LockHolder? holder = await second.GetHolderAsync(Cancellation);
        Assert.Equal(first!.Holder with { DataDirectory = _directory["a"] }, holder);
    }

    [Fact]
    public async Task Two_bots_and_two_Bot_API_servers_have_locks_of_their_own()
    {
        await using IInstanceLockHandle? first = await Lock("a").TryAcquireAsync(Cancellation);
        await using IInstanceLockHandle? otherBot = await Lock("b", options => options.Bot.Token = "2:AAAAAAAAAAAAAAAAAAAAAAAA").TryAcquireAsync(Cancellation);
        await using IInstanceLockHandle? otherServer = await Lock("c", options => options.Bot.ApiUrl = new Uri("http://127.0.0.1:8081")).TryAcquireAsync(Cancellation);

        Assert.NotNull(first);
        Assert.NotNull(otherBot);
        Assert.NotNull(otherServer);
    }

    [Fact]
    public async Task Where_the_machine_offers_no_lock_the_bot_runs_with_its_receiver_lock_and_a_warning()
    {
        await File.WriteAllTextAsync(_directory["marks"], "in the way", Cancellation);

        await using IInstanceLockHandle? handle = await Lock("a").TryAcquireAsync(Cancellation);

        Assert.NotNull(handle);
        Assert.Contains("A start of this bot from another directory is not refused", Assert.Single(_log.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standby_from_another_directory_waits_and_takes_over()
    {
        IInstanceLockHandle? first = await Lock("a").TryAcquireAsync(Cancellation);
        List<LockHolder?> reported = [];
        Task<IInstanceLockHandle> standby = Lock("b").AcquireAsync(reported.Add, Cancellation);
        await Eventually.IsTrue(() => reported.Count == 1, "the standby reports for whom it waits");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(standby.IsCompleted);

        await first!.DisposeAsync();
        await _time.PassUntil(() => standby.IsCompleted, "the standby takes over");

        await using IInstanceLockHandle handle = await standby;
        Assert.Equal(_directory["a"], Assert.Single(reported)?.DataDirectory);
        Assert.True(handle.Remaining > TimeSpan.Zero);
    }

    [Fact]
    public async Task Who_is_refused_leaves_the_lock_of_its_own_directory_free()
    {
        await using (await Lock("a").TryAcquireAsync(Cancellation))
        {
            Assert.Null(await Lock("b").TryAcquireAsync(Cancellation));
        }

        await using IInstanceLockHandle? next = await Lock("b").TryAcquireAsync(Cancellation);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Whoever_takes_the_name_of_the_machine_a_moment_earlier_receives_and_the_other_releases_its_lock()
    {
        MachineLock? first = null;
        IInstanceLockHandle? taken = null;
        var inner = new OpenLock(async () => taken = await first!.TryAcquireAsync(Cancellation));
        first = Lock("a");

        Assert.Null(await new MachineLock(inner, _marks, Options("b"), _time, _log).TryAcquireAsync(Cancellation));

        Assert.NotNull(taken);
        Assert.True(inner.IsReleased);
        await taken.DisposeAsync();
    }

    [Fact]
    public async Task The_next_holder_of_a_lease_does_not_wait_for_a_paused_process_that_has_lost_it()
    {
        await using IInstanceLockHandle? paused = await Leased("a").TryAcquireAsync(Cancellation);

        await using IInstanceLockHandle? next = await Leased("b").TryAcquireAsync(Cancellation);

        Assert.NotNull(next);
        Assert.Null(await Lock("c").TryAcquireAsync(Cancellation));
    }

    [Fact]
    public async Task When_the_paused_process_ends_the_next_holder_of_the_lease_has_the_name_of_the_machine()
    {
        IInstanceLockHandle? paused = await Leased("a").TryAcquireAsync(Cancellation);
        await using IInstanceLockHandle? next = await Leased("b").TryAcquireAsync(Cancellation);
        await paused!.DisposeAsync();
        MachineLock stranger = Lock("c");

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await stranger.TryAcquireAsync(Cancellation));
        Assert.Equal(_directory["b"], (await stranger.GetHolderAsync(Cancellation))?.DataDirectory);
    }

    private MachineLock Lock(string directory, Action<AzkerOptions>? configure = null)
    {
        AzkerOptions options = Options(directory);
        configure?.Invoke(options);
        return new MachineLock(new PidFileLock(options, _time, NullLogger<PidFileLock>.Instance), _marks, options, _time, _log);
    }

    /// <summary>A lock of an instance that uses the storage account of the group, and has its lease.</summary>
    private MachineLock Leased(string directory)
    {
        AzkerOptions options = Options(directory);
        options.Storage.ConnectionString = "UseDevelopmentStorage=true";
        return new MachineLock(new OpenLock(() => Task.CompletedTask), _marks, options, _time, _log);
    }

    private AzkerOptions Options(string directory) => TestOptions.Local(_directory[directory]);
}
