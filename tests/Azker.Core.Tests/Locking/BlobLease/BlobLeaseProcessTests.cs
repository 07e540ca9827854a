using Azker.Azurite;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>The lock between real processes, on Azurite.</summary>
public sealed class BlobLeaseProcessTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private AzuriteServer _server = null!;
    private AzuriteBlob _blob = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await azurite.Server;
        _blob = new AzuriteBlob(_server);
        await _blob.LeaveReleasedAsync(Token);
    }

    public ValueTask DisposeAsync()
    {
        _blob.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_killed_holder_is_succeeded_at_once_on_its_own_machine()
    {
        await using LockHolderProcess holder = Start();
        long first = EpochOf(await holder.Says("held"));
        await using LockHolderProcess standby = Start();
        await standby.Says("waiting");

        await holder.Kill();

        // The record says that the takeover was an adoption, which is sooner than the end of the lease.
        Assert.True(EpochOf(await standby.Says("held")) > first);
        BlobLeaseRecord? record = await ReadRecord();
        Assert.Equal("adopted from a crashed holder on this machine", record!.Reason);
        Assert.Equal(standby.Id, record.Pid);
    }

    [Fact]
    public async Task However_often_and_whenever_holders_are_killed_the_epoch_grows()
    {
        long last = 0;
        var random = new Random(20261124);
        LockHolderProcess holder = Start();
        await holder.Says("held", "waiting");
        for (int round = 0; round < TestRounds.Of(6); round++)
        {
            LockHolderProcess next = Start();
            await next.Says("waiting");
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(30)), TimeProvider.System, Token);
            await holder.DisposeAsync();
            long epoch = EpochOf(await next.Says("held"));
            Assert.True(epoch > last);
            (last, holder) = (epoch, next);
        }

        await holder.DisposeAsync();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("QUIT")]
    [InlineData("HUP")]
    public async Task A_signal_releases_the_lock(string signal)
    {
        await using LockHolderProcess holder = Start("--no-fast-takeover");
        await holder.Says("held");

        await holder.Signal(signal);

        await holder.Says("released");
        Assert.Equal(0, await holder.Exit());
        await using IInstanceLockHandle? next = await _blob.CreateLock(fastTakeover: false).TryAcquireAsync(Token);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_holder_that_was_paused_for_longer_than_its_lease_finds_that_it_lost_the_lock()
    {
        await using LockHolderProcess holder = Start("--no-fast-takeover");
        long first = EpochOf(await holder.Says("held"));
        await using LockHolderProcess standby = Start("--no-fast-takeover");
        await standby.Says("waiting");

        await holder.Signal("STOP");
        Assert.True(EpochOf(await standby.Says("held")) > first);
        await holder.Signal("CONT");

        await holder.Says("lost No renewal of the lease was confirmed");
    }

    [Fact]
    public async Task A_holder_that_is_short_of_processors_and_of_memory_keeps_the_lock()
    {
        await using LockHolderProcess holder = Start("--no-fast-takeover");
        long epoch = EpochOf(await holder.Says("held"));

        await holder.Do("hog");
        await holder.Says("hogged");

        // An instance that lost the lock no longer writes the record.
        await holder.Do("release");
        await holder.Says("released");
        BlobLeaseRecord? record = await ReadRecord();
        Assert.Equal((epoch, LockState.Released), (record!.Epoch, record.State));
    }

    [Fact]
    public async Task A_holder_in_a_black_hole_loses_the_lock_and_the_others_get_it()
    {
        await using var proxy = new FaultProxy(_server.BlobPort);
        await using LockHolderProcess holder = Start(proxy.Port, "--no-fast-takeover");
        await holder.Says("held");
        await using LockHolderProcess standby = Start("--no-fast-takeover");
        await standby.Says("waiting");

        proxy.Fault = NetworkFault.BlackHole;

        await holder.Says("lost");
        Assert.Null(await _blob.CreateLock(fastTakeover: false).TryAcquireAsync(Token));
        await standby.Says("held");
    }

    [Theory]
    [InlineData(NetworkFault.ResetMidReply)]
    [InlineData(NetworkFault.LoseReply)]
    [InlineData(NetworkFault.Refuse)]
    public async Task A_standby_recovers_from_a_first_attempt_that_fails(NetworkFault fault)
    {
        await using var proxy = new FaultProxy(_server.BlobPort) { Fault = fault };
        await using LockHolderProcess standby = Start(proxy.Port, "--no-fast-takeover");
        await standby.Says("waiting");

        proxy.Fault = NetworkFault.None;

        await standby.Says("held");
    }

    [Fact]
    public async Task Any_process_can_read_the_holder()
    {
        await using LockHolderProcess holder = Start("--bot", "4711");
        long epoch = EpochOf(await holder.Says("held"));

        LockHolder? seen = await _blob.CreateLock(fastTakeover: false).GetHolderAsync(Token);

        Assert.Equal((holder.Id, Environment.MachineName, 4711, epoch, "polling"), (seen!.ProcessId, seen.Host, seen.BotId, seen.Epoch, seen.Mode));
    }

    [Fact]
    public async Task A_proxy_that_resets_loses_delays_or_refuses_a_few_answers_costs_no_lock()
    {
        await using var proxy = new FaultProxy(_server.BlobPort) { Delay = TimeSpan.FromSeconds(1) };
        await using IInstanceLockHandle? handle = await _blob.CreateLock(fastTakeover: false, port: proxy.Port).TryAcquireAsync(Token);
        foreach (NetworkFault fault in new[] { NetworkFault.ResetMidReply, NetworkFault.Refuse, NetworkFault.DelayReply })
        {
            proxy.Fault = fault;
            await handle!.AnnounceDrainingAsync(Token);
            proxy.Fault = NetworkFault.None;
        }

        int requests = proxy.Requests;
        await handle!.AnnounceDrainingAsync(Token);

        Assert.True(proxy.Requests > requests);
        Assert.True(handle.Remaining > TimeSpan.Zero);
    }

    private LockHolderProcess Start(params string[] arguments) => Start(_server.BlobPort, arguments);

    private LockHolderProcess Start(int port, params string[] arguments) => LockHolderProcess.StartWithStorage(
        _server.ConnectionStringTo(port), _blob.DataDirectory, ["--wait", "--container", AzuriteBlob.Container, "--name", _blob.Name, .. arguments]);

    private async Task<BlobLeaseRecord?> ReadRecord() => BlobLeaseRecord.Parse((await _blob.Client.DownloadContentAsync(Token)).Value.Content);

    private static long EpochOf(string line) => long.Parse(line.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
}
