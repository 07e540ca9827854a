using Azker.BlobService;
using Azker.Core.Locking;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>The fault cases of the release and the handover.</summary>
public sealed class BlobLeaseReleasingTests : IDisposable
{
    private readonly VirtualLease _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_release_is_written_to_the_record_and_frees_the_lease()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();

        instance.Release(handle);

        Assert.Equal(LockState.Released, _world.Record!.State);
        Assert.Equal("available", _world.Service.StateOf(VirtualLease.Name));
        Assert.Equal(["write", "release"], _world.Service.Served.TakeLast(2).Select(call => call.Operation));
        _world.Pass(20);
        Assert.Equal(0, _world.Service.Count(LeaseCall.Renew));
        Assert.Null(handle.LostReason);
    }

    [Fact]
    public async Task After_a_lost_answer_the_release_is_repeated_and_409_means_that_the_lease_has_ended()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.FailNext(LeaseCall.Release, LeaseFault.Reset);

        instance.Release(handle);

        Assert.Equal([200, 409], _world.Service.Served.Where(call => call.Operation == LeaseCall.Release).Select(call => call.Status));
        Assert.Contains(instance.Log.Entries, entry => entry.EventId == 1331);
        Assert.DoesNotContain(instance.Log.Entries, entry => entry.EventId == 1332);
    }

    [Fact]
    public async Task Releasing_a_lock_that_another_instance_took_changes_nothing_for_that_instance()
    {
        VirtualInstance first = _world.CreateInstance();
        IInstanceLockHandle lost = await first.Acquire();
        first.Way.Fault = LeaseFault.Silence;
        _world.Pass(15.1);
        VirtualInstance second = _world.CreateInstance();
        IInstanceLockHandle handle = await second.Acquire();
        first.Way.Fault = null;

        first.Release(lost);

        Assert.Equal(handle.Holder, _world.Record!.ToHolder());
        _world.Pass(20);
        Assert.True(handle.Remaining > TimeSpan.Zero);
        Assert.NotNull(lost.LostReason);
    }

    [Fact]
    public async Task An_instance_that_lost_the_lock_to_its_own_deadline_frees_the_lease_when_the_storage_can_be_reached_again()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.Fault = LeaseFault.Silence;
        _world.Pass(12.1);
        instance.Way.Fault = null;

        instance.Release(handle);

        Assert.Equal("available", _world.Service.StateOf(VirtualLease.Name));
        Assert.Equal(LockState.Held, _world.Record!.State);
    }

    [Fact]
    public async Task A_release_during_a_renewal_that_hangs_does_not_wait_for_it()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.FailNext(LeaseCall.Renew, LeaseFault.Silence);
        _world.Pass(4.5);

        Assert.Equal(TimeSpan.Zero, instance.Release(handle));

        Assert.Equal("available", _world.Service.StateOf(VirtualLease.Name));
        Assert.False(handle.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Disposing_twice_releases_once()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();

        instance.Release(handle);
        instance.Release(handle);

        Assert.Equal(1, _world.Service.Count(LeaseCall.Release));
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task A_shutdown_while_the_storage_is_down_takes_two_seconds_at_most(string outage)
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.Fault = outage == nameof(LeaseFault.Silence) ? LeaseFault.Silence : LeaseFault.Refused;

        Assert.InRange(instance.Release(handle).TotalSeconds, 0, 2.05);

        Assert.Contains(instance.Log.Entries, entry => entry.EventId == 1332);
    }

    public static TheoryData<string> Outages => [nameof(LeaseFault.Silence), nameof(LeaseFault.Refused)];

    [Fact]
    public async Task A_shutdown_does_not_wait_for_an_announcement_that_hangs()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.FailNext(LeaseCall.Write, LeaseFault.Silence);
        Task announcing = VirtualLease.Start(() => handle.AnnounceDrainingAsync(CancellationToken.None));

        Assert.Equal(TimeSpan.Zero, instance.Release(handle));

        await announcing;
        Assert.Equal(LockState.Released, _world.Record!.State);
    }

    [Fact]
    public async Task A_standby_that_knows_of_the_draining_has_the_lock_50_ms_after_the_release()
    {
        VirtualInstance holder = _world.CreateInstance();
        IInstanceLockHandle handle = await holder.Acquire();
        Task<IInstanceLockHandle> standby = _world.CreateInstance().StandBy();
        await VirtualLease.Start(() => handle.AnnounceDrainingAsync(Token));
        Assert.Equal(LockState.Draining, _world.Record!.State);
        _world.Pass(1.3);
        Assert.True(handle.Remaining > TimeSpan.Zero);

        holder.Release(handle);

        Assert.InRange(_world.PassUntil(standby).TotalMilliseconds, 0, 60);
        Assert.Equal("handed over", _world.Record!.Reason);
        await standby;
    }

    [Fact]
    public async Task Of_three_standbys_one_takes_over_and_two_keep_waiting()
    {
        VirtualInstance holder = _world.CreateInstance();
        IInstanceLockHandle handle = await holder.Acquire();
        Task<IInstanceLockHandle>[] standbys = [.. Enumerable.Range(0, 3).Select(_ => _world.CreateInstance().StandBy())];
        await VirtualLease.Start(() => handle.AnnounceDrainingAsync(Token));
        _world.Pass(1.3);

        holder.Release(handle);
        Assert.InRange(_world.PassUntil(Task.WhenAny(standbys)).TotalMilliseconds, 0, 60);
        _world.Pass(30);

        Assert.Equal(1, standbys.Count(standby => standby.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task From_the_first_holder_to_the_next_nothing_is_ever_deleted()
    {
        using var world = new VirtualLease(wasHeldBefore: false);
        VirtualInstance holder = world.CreateInstance();
        IInstanceLockHandle handle = await holder.Acquire();
        VirtualInstance standby = world.CreateInstance();
        Task<IInstanceLockHandle> waiting = standby.StandBy();
        world.Pass(10);
        await VirtualLease.Start(() => handle.AnnounceDrainingAsync(Token));
        holder.Release(handle);
        world.PassUntil(waiting);

        standby.Release(await waiting);

        Assert.Equal(0, world.Service.Count(LeaseCall.Delete));
    }

    [Fact]
    public async Task An_announcement_that_another_instance_refutes_loses_the_lock()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        _world.Service.Put(VirtualLease.Name, BlobLeaseRecords.Released().ToJson());

        await VirtualLease.Start(() => handle.AnnounceDrainingAsync(Token));

        Assert.Contains("412 LeaseNotPresentWithBlobOperation", handle.LostReason, StringComparison.Ordinal);
        await Eventually.IsTrue(() => handle.Lost.IsCancellationRequested, "the loss is told");
    }

    [Fact]
    public async Task An_announcement_on_a_released_lock_does_nothing()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Release(handle);
        int served = _world.Service.Served.Count;

        await VirtualLease.Start(() => handle.AnnounceDrainingAsync(Token));

        Assert.Equal(served, _world.Service.Served.Count);
    }
}
