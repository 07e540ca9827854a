using Azker.BlobService;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>The fault cases of a held lease.</summary>
public sealed class BlobLeaseHoldingTests : IDisposable
{
    private const double Deadline = 12;
    private readonly VirtualLease _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_lease_is_renewed_about_every_four_seconds()
    {
        IInstanceLockHandle handle = await _world.CreateInstance().Acquire();

        _world.Pass(400);

        Assert.InRange(_world.Service.Count(LeaseCall.Renew), 90, 112);
        Assert.True(handle.Remaining > TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(400)]
    [InlineData(302)]
    public async Task One_error_of_the_service_loses_nothing(int status) =>
        await Survives(way => way.FailNext(LeaseCall.Renew, LeaseFault.Error(status)));

    [Fact]
    public async Task A_429_with_a_long_Retry_After_loses_nothing_and_is_not_answered_by_a_hot_loop()
    {
        await Survives(way => way.FailNext(LeaseCall.Renew, LeaseFault.Error(429, "TooManyRequests", retryAfter: 60), 2));
        Assert.InRange(_world.Service.Count(LeaseCall.Renew), 3, 6);
    }

    [Fact]
    public async Task Two_timeouts_and_then_a_good_answer_lose_nothing() =>
        await Survives(way => way.FailNext(LeaseCall.Renew, LeaseFault.Silence, 2));

    [Fact]
    public async Task A_reset_in_the_middle_of_an_answer_loses_nothing() =>
        await Survives(way => way.FailNext(LeaseCall.Renew, LeaseFault.Reset, 2));

    [Fact]
    public async Task A_lost_answer_to_a_renewal_loses_nothing() =>
        await Survives(way => way.FailNext(LeaseCall.Renew, LeaseFault.LostReply, 2));

    [Fact]
    public async Task A_black_hole_loses_the_lock_at_the_deadline() => await IsLostAtTheDeadline(LeaseFault.Silence);

    [Fact]
    public async Task Refused_connections_lose_the_lock_at_the_deadline() => await IsLostAtTheDeadline(LeaseFault.Refused);

    [Fact]
    public async Task A_name_that_is_not_resolved_loses_the_lock_at_the_deadline() => await IsLostAtTheDeadline(LeaseFault.Unresolved);

    [Fact]
    public async Task Answers_that_are_lost_lose_the_lock_at_the_deadline_though_the_service_renewed_it() =>
        await IsLostAtTheDeadline(LeaseFault.LostReply);

    [Fact]
    public async Task A_token_that_stays_expired_loses_the_lock_at_the_deadline() =>
        await IsLostAtTheDeadline(LeaseFault.Error(401, "InvalidAuthenticationInfo"));

    [Fact]
    public async Task Time_is_counted_from_the_sending_and_not_from_the_answer()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.FailNext(LeaseCall.Renew, LeaseFault.Late(TimeSpan.FromSeconds(2.4)));

        _world.Pass(4.5);
        Assert.Equal(1, _world.Service.Count(LeaseCall.Renew));
        _world.Pass(2.3);

        Assert.True(handle.Remaining < TimeSpan.FromSeconds(Deadline - 2.3));
        Assert.True(handle.Remaining > TimeSpan.FromSeconds(Deadline - 3.3));
    }

    [Fact]
    public async Task An_answer_that_is_slow_for_as_long_as_there_is_time_loses_nothing()
    {
        VirtualInstance instance = _world.CreateInstance(options =>
            (options.RenewInterval, options.AttemptTimeout) = (TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(5.9)));
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.FailNext(LeaseCall.Renew, LeaseFault.Late(TimeSpan.FromSeconds(5.2)));

        _world.Pass(11.9);

        Assert.False(handle.Lost.IsCancellationRequested);
        Assert.True(handle.Remaining > TimeSpan.Zero);
    }

    [Fact]
    public async Task An_answer_after_the_deadline_does_not_revive_the_lock()
    {
        VirtualInstance instance = _world.CreateInstance(options =>
            (options.RenewInterval, options.AttemptTimeout) = (TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(10)));
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.FailNext(LeaseCall.Renew, LeaseFault.Late(TimeSpan.FromSeconds(2.3)));

        _world.Pass(20);

        Assert.Equal(TimeSpan.Zero, handle.Remaining);
        await Eventually.IsTrue(() => handle.Lost.IsCancellationRequested, "the loss is told");
        _world.Pass(30);
        Assert.Equal(TimeSpan.Zero, handle.Remaining);
    }

    [Fact]
    public async Task A_lost_lock_is_not_held_even_before_the_loss_is_reported()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.Fault = LeaseFault.Silence;

        _world.Jump(TimeSpan.FromSeconds(Deadline));

        Assert.Equal(TimeSpan.Zero, handle.Remaining);
        Assert.Throws<InstanceLockLostException>(handle.ThrowIfLost);
    }

    [Theory]
    [InlineData("0")]
    [InlineData(null)]
    public async Task A_broken_lease_is_lost_at_the_next_renewal(string? period) => await IsLostAtTheNextRenewal(
        () => _world.Service.Lease(VirtualLease.Name, LeaseCall.Break, period is null ? [] : [("x-ms-lease-break-period", period)]),
        "409 LeaseIsBrokenAndCannotBeRenewed");

    [Fact]
    public async Task A_deleted_blob_is_lost_at_the_next_renewal() =>
        await IsLostAtTheNextRenewal(() => _world.Service.DeleteBlob(VirtualLease.Name), "404 BlobNotFound");

    [Fact]
    public async Task A_deleted_container_is_lost_at_the_next_renewal() =>
        await IsLostAtTheNextRenewal(_world.Service.DeleteContainer, "404 ContainerNotFound");

    [Fact]
    public async Task A_blob_that_was_deleted_created_again_and_taken_is_lost_at_the_next_renewal() => await IsLostAtTheNextRenewal(
        () =>
        {
            _world.Service.Put(VirtualLease.Name, []);
            TakeAsSomebodyElse();
        },
        "409 LeaseIdMismatchWithLeaseOperation");

    [Fact]
    public async Task A_service_that_forgot_its_leases_loses_the_lock_at_the_next_renewal() => await IsLostAtTheNextRenewal(
        () => _world.Service.Put(VirtualLease.Name, _world.Service.Peek(VirtualLease.Name)!), "409 LeaseIdMismatchWithLeaseOperation");

    [Fact]
    public async Task A_lease_whose_id_was_changed_is_lost_at_the_next_renewal()
    {
        string? id = null;
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.FaultOf = call =>
        {
            id ??= call["x-ms-proposed-lease-id"];
            return null;
        };
        IInstanceLockHandle handle = await instance.Acquire();

        _world.Service.Lease(VirtualLease.Name, LeaseCall.Change, ("x-ms-lease-id", id!), ("x-ms-proposed-lease-id", Guid.NewGuid().ToString()));
        _world.Pass(4.5);

        Assert.Contains("LeaseIdMismatchWithLeaseOperation", handle.LostReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_another_writer_changed_is_read_again_and_overwritten()
    {
        string? id = null;
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.FaultOf = call =>
        {
            id ??= call["x-ms-proposed-lease-id"];
            return null;
        };
        IInstanceLockHandle handle = await instance.Acquire();
        BlobLeaseRecord others = BlobLeaseRecords.Of(LockState.Held, handle.Holder.Epoch + 5);
        Assert.Equal(201, _world.Service.Answer(new LeaseCall(
            LeaseCall.Write, LeaseService.Container, VirtualLease.Name, new Dictionary<string, string> { ["x-ms-lease-id"] = id! }, others.ToJson())).Status);

        await VirtualLease.Start(() => handle.AnnounceDrainingAsync(TestContext.Current.CancellationToken));

        Assert.Equal([201, 201, 412, 201], _world.Service.Served.Where(call => call.Operation == LeaseCall.Write).Select(call => call.Status));
        Assert.Equal((LockState.Draining, handle.Holder.Instance), (_world.Record!.State, _world.Record.Instance));
        Assert.True(_world.Record.Epoch > others.Epoch);
        Assert.Null(handle.LostReason);
    }

    [Fact]
    public async Task The_loss_is_reported_on_its_own_thread()
    {
        IInstanceLockHandle handle = await _world.CreateInstance().Acquire();
        bool? isPoolThread = null;
        handle.Lost.Register(() => isPoolThread = Thread.CurrentThread.IsThreadPoolThread);
        _world.Service.DeleteBlob(VirtualLease.Name);

        _world.Pass(4.5);

        await Eventually.IsTrue(() => isPoolThread is not null, "the loss is told");
        Assert.False(isPoolThread);
    }

    [Fact]
    public async Task A_listener_that_fails_is_logged()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        handle.Lost.Register(() => throw new InvalidTimeZoneException());
        _world.Service.DeleteBlob(VirtualLease.Name);

        _world.Pass(4.5);

        await Eventually.IsTrue(() => instance.Log.Entries.Any(entry => entry.EventId == 1314), "the failure is logged");
    }

    [Fact]
    public async Task A_failing_renewal_is_logged_once_for_each_kind_of_fault_and_so_is_its_end()
    {
        VirtualInstance instance = _world.CreateInstance();
        await instance.Acquire();
        instance.Way.FailNext(LeaseCall.Renew, LeaseFault.Error(503, "ServerBusy"), 5);

        _world.Pass(10);

        LogEntry entry = Assert.Single(instance.Log.Entries, entry => entry.EventId == 1311);
        Assert.StartsWith("The lease of the receiver lock was not renewed: 503 ServerBusy. This instance still has it for ", entry.Message, StringComparison.Ordinal);
        Assert.Single(instance.Log.Entries, entry => entry.EventId == 1312);
    }

    private async Task Survives(Action<LeaseServiceHandler> fail)
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        fail(instance.Way);

        _world.Pass(20);

        Assert.Null(handle.LostReason);
        Assert.True(handle.Remaining > TimeSpan.Zero);
        Assert.False(handle.Lost.IsCancellationRequested);
    }

    private async Task IsLostAtTheDeadline(LeaseFault fault)
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle handle = await instance.Acquire();
        instance.Way.Fault = fault;

        _world.Pass(Deadline - 0.5);
        Assert.True(handle.Remaining > TimeSpan.Zero);
        Assert.Null(handle.LostReason);
        _world.Pass(0.5);

        Assert.Equal(TimeSpan.Zero, handle.Remaining);
        Assert.StartsWith("No renewal of the lease was confirmed for 12.0 s; ", handle.LostReason, StringComparison.Ordinal);
        await Eventually.IsTrue(() => handle.Lost.IsCancellationRequested, "the loss is told");
    }

    private async Task IsLostAtTheNextRenewal(Action happen, string evidence)
    {
        IInstanceLockHandle handle = await _world.CreateInstance().Acquire();
        happen();

        _world.Pass(4.5);

        Assert.Equal($"The storage service answered {evidence}: this instance no longer has the lease.", handle.LostReason);
        Assert.Equal(TimeSpan.Zero, handle.Remaining);
        await Eventually.IsTrue(() => handle.Lost.IsCancellationRequested, "the loss is told");
    }

    private void TakeAsSomebodyElse() => Assert.Equal(201, _world.Service.Lease(
        VirtualLease.Name, LeaseCall.Acquire, ("x-ms-proposed-lease-id", Guid.NewGuid().ToString()), ("x-ms-lease-duration", "15")).Status);
}
