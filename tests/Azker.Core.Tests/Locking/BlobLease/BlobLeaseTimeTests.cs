using Azker.BlobService;
using Azker.Core.Locking;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>The fault cases of clocks, pauses and takeovers.</summary>
public sealed class BlobLeaseTimeTests : IDisposable
{
    private readonly VirtualLease _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(5, true)]
    [InlineData(11, true)]
    [InlineData(12, false)]
    [InlineData(14, false)]
    [InlineData(16, false)]
    [InlineData(40, false)]
    public async Task A_holder_that_was_paused_knows_at_once_whether_it_still_holds_the_lock(double seconds, bool isHeld)
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.Fault = LeaseFault.Silence;

        _world.Jump(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isHeld, handle.Remaining > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_pause_between_the_check_and_the_sending_of_a_renewal_revives_nothing()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.FaultOf = call =>
        {
            _world.Clock.Skew += call.Operation == LeaseCall.Renew ? TimeSpan.FromSeconds(12) : TimeSpan.Zero;
            return null;
        };

        _world.Pass(4.5);

        Assert.Contains((LeaseCall.Renew, 200), _world.Service.Served);
        Assert.Equal(TimeSpan.Zero, handle.Remaining);
        await Eventually.IsTrue(() => handle.Lost.IsCancellationRequested, "the loss is told");
    }

    [Fact]
    public async Task A_wall_clock_that_goes_back_an_hour_changes_nothing()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();

        _world.Clock.Skew -= TimeSpan.FromHours(1);
        instance.Way.Fault = LeaseFault.Silence;
        _world.Pass(11.5);
        Assert.True(handle.Remaining > TimeSpan.Zero);
        _world.Pass(0.5);

        Assert.Equal(TimeSpan.Zero, handle.Remaining);
    }

    [Fact]
    public async Task A_wall_clock_that_jumps_ahead_an_hour_loses_the_lock_since_the_machine_may_have_slept()
    {
        IInstanceLockHandle handle = await _world.CreateInstance().Acquire();

        _world.Clock.Skew += TimeSpan.FromHours(1);

        Assert.Equal(TimeSpan.Zero, handle.Remaining);
    }

    [Fact]
    public async Task A_suspended_machine_loses_the_lock_by_its_clock_since_boot()
    {
        TimeSpan sinceBoot = TimeSpan.FromDays(1);
        IInstanceLockHandle handle = await _world.CreateInstance(sinceBoot: () => sinceBoot).Acquire();
        Assert.True(handle.Remaining > TimeSpan.FromSeconds(11));

        sinceBoot += TimeSpan.FromSeconds(12);

        Assert.Equal(TimeSpan.Zero, handle.Remaining);
        await Eventually.IsTrue(() => handle.Lost.IsCancellationRequested, "the loss is told");
    }

    [Fact]
    public async Task An_exhausted_thread_pool_delays_neither_the_loss_nor_its_report()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.Fault = LeaseFault.Silence;
        using var told = new ManualResetEventSlim();
        using var enough = new ManualResetEventSlim();
        handle.Lost.Register(told.Set);
        ThreadPool.GetMinThreads(out int threads, out _);
        Task[] hogs = [.. Enumerable.Range(0, threads * 4).Select(_ => Task.Run(() => enough.Wait(Eventually.Patience), CancellationToken.None))];

        _world.Jump(TimeSpan.FromSeconds(12));
        bool wasTold = told.Wait(Eventually.Patience, TestContext.Current.CancellationToken);
        int stillStarved = hogs.Count(hog => !hog.IsCompleted);
        enough.Set();

        Assert.True(wasTold);
        Assert.Equal(hogs.Length, stillStarved);
        Assert.Equal(TimeSpan.Zero, handle.Remaining);
        await Task.WhenAll(hogs);
    }

    [Fact]
    public async Task The_holder_gives_up_at_least_three_seconds_before_another_can_have_the_lock()
    {
        VirtualInstance first = _world.CreateInstance();
        IInstanceLockHandle handle = await first.Acquire();
        Task<IInstanceLockHandle> standby = _world.CreateInstance().StandBy();
        first.Way.Fault = LeaseFault.Silence;
        DateTimeOffset? gaveUp = null;
        DateTimeOffset start = _world.Time.GetUtcNow();
        while (!standby.IsCompleted)
        {
            _world.Pass(0.02);
            gaveUp ??= handle.Remaining == TimeSpan.Zero ? _world.Time.GetUtcNow() : null;
        }

        Assert.InRange((gaveUp!.Value - start).TotalSeconds, 11.9, 12.1);
        Assert.InRange((_world.Time.GetUtcNow() - start).TotalSeconds, 15, 16.3);
        Assert.True((await standby).Holder.Epoch > handle.Holder.Epoch);
        Assert.Equal("the last lease ended", _world.Record!.Reason);
    }

    [Fact]
    public async Task A_renewal_that_arrives_after_the_end_and_the_takeover_revives_nothing()
    {
        VirtualInstance first = _world.CreateInstance();
        IInstanceLockHandle zombie = await first.Acquire();
        first.Way.Fault = LeaseFault.Silence;
        _world.Jump(TimeSpan.FromSeconds(15));
        IInstanceLockHandle successor = await _world.CreateInstance().Acquire();
        first.Way.Fault = null;

        _world.Pass(30);

        Assert.Equal(TimeSpan.Zero, zombie.Remaining);
        Assert.True(successor.Remaining > TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_zombie_cannot_write_the_record_of_its_successor()
    {
        string? zombieId = null;
        VirtualInstance first = _world.CreateInstance();
        first.Way.FaultOf = call =>
        {
            zombieId ??= call["x-ms-proposed-lease-id"];
            return null;
        };
        await first.Acquire();
        first.Way.Fault = LeaseFault.Silence;
        _world.Pass(15.1);
        IInstanceLockHandle successor = await _world.CreateInstance().Acquire();

        LeaseAnswer answer = _world.Service.Lease(VirtualLease.Name, LeaseCall.Write, ("x-ms-lease-id", zombieId!));

        Assert.Equal((412, "LeaseIdMismatchWithBlobOperation"), (answer.Status, answer.Error));
        Assert.Equal(successor.Holder, _world.Record!.ToHolder());
    }

    [Fact]
    public async Task At_the_very_end_of_a_lease_it_is_taken_no_moment_too_soon_and_its_holder_has_stopped()
    {
        for (int offset = -5; offset <= 5; offset++)
        {
            using var world = new VirtualLease();
            VirtualInstance first = world.CreateInstance();
            IInstanceLockHandle holder = await first.Acquire();
            first.Way.Fault = LeaseFault.Silence;
            world.Jump(TimeSpan.FromSeconds(15) + TimeSpan.FromMilliseconds(offset));

            IInstanceLockHandle? other = await world.CreateInstance().TryAcquire();

            Assert.Equal(offset >= 0, other is not null);
            Assert.Equal(TimeSpan.Zero, holder.Remaining);
        }
    }
}
