using Azker.BlobService;
using Azker.Core.Locking;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>The fault cases of taking the lease.</summary>
public sealed class BlobLeaseAcquiringTests : IDisposable
{
    private readonly VirtualLease _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_free_lease_is_taken_with_one_read_one_acquisition_and_one_write()
    {
        await _world.CreateInstance().Acquire();

        Assert.Equal(["properties", "read", "acquire", "write"], _world.Service.Served.Select(call => call.Operation));
    }

    [Fact]
    public async Task A_held_lease_is_only_read()
    {
        await _world.CreateInstance().Acquire();
        int served = _world.Service.Served.Count;

        Assert.Null(await _world.CreateInstance().TryAcquire());

        Assert.Equal(["properties", "read"], _world.Service.Served.Skip(served).Select(call => call.Operation));
    }

    [Fact]
    public async Task The_record_contains_everything_but_the_lease_id()
    {
        string? leaseId = null;
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.FaultOf = call =>
        {
            leaseId ??= call["x-ms-proposed-lease-id"];
            return null;
        };

        IInstanceLockHandle handle = await instance.Acquire();

        string body = System.Text.Encoding.UTF8.GetString(_world.Service.Peek(VirtualLease.Name)!);
        Assert.NotNull(leaseId);
        Assert.DoesNotContain(leaseId, body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"state\": \"held\"", body, StringComparison.Ordinal);
        Assert.Equal(handle.Holder, _world.Record!.ToHolder());
        Assert.Equal("handed over", _world.Record.Reason);
    }

    [Fact]
    public async Task A_missing_blob_is_created_and_then_quarantined_for_a_lease()
    {
        using var world = new VirtualLease(wasHeldBefore: false);
        VirtualInstance instance = world.CreateInstance();
        Task<IInstanceLockHandle?> attempt = VirtualLease.Start(() => instance.Lock.TryAcquireAsync(Token));

        world.Pass(14.9);
        Assert.False(attempt.IsCompleted);
        Assert.Equal(LockState.Quarantine, world.Record!.State);
        Assert.Equal("leased", world.Service.StateOf(VirtualLease.Name));
        world.Pass(0.2);

        IInstanceLockHandle handle = (await attempt)!;
        Assert.Equal(LockState.Held, handle.Holder.State);
        Assert.Equal(LockState.Held, world.Record!.State);
    }

    [Fact]
    public async Task A_missing_container_is_created()
    {
        _world.Service.ForgetContainer();

        await _world.CreateInstance().Acquire();

        Assert.True(_world.Service.HasContainer);
    }

    [Fact]
    public async Task A_standby_outlives_the_deletion_of_the_container()
    {
        await _world.CreateInstance().Acquire();
        Task<IInstanceLockHandle> standby = _world.CreateInstance().StandBy();
        _world.Service.DeleteContainer();

        TimeSpan taken = _world.PassUntil(standby);

        await standby;
        Assert.InRange(taken.TotalSeconds, 45, 47);
    }

    [Fact]
    public async Task Of_two_creators_of_the_blob_one_gets_the_lease()
    {
        using var world = new VirtualLease(wasHeldBefore: false);
        VirtualInstance[] racers = [world.CreateInstance(), world.CreateInstance()];
        Task<IInstanceLockHandle?>[] attempts = [.. racers.Select(racer => VirtualLease.Start(() => racer.Lock.TryAcquireAsync(Token)))];

        world.PassUntil(Task.WhenAll(attempts));

        Assert.Single(await Task.WhenAll(attempts), handle => handle is not null);
    }

    [Fact]
    public async Task After_a_lost_answer_the_acquisition_is_repeated_with_the_same_id()
    {
        var ids = new List<string?>();
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.FaultOf = call =>
        {
            if (call.Operation != LeaseCall.Acquire)
            {
                return null;
            }

            ids.Add(call["x-ms-proposed-lease-id"]);
            return ids.Count == 1 ? LeaseFault.LostReply : null;
        };

        IInstanceLockHandle handle = await instance.Acquire();

        Assert.Equal(2, ids.Count);
        Assert.Equal(ids[0], ids[1]);
        Assert.InRange(handle.Remaining.TotalSeconds, 11.9, 12);
    }

    [Fact]
    public async Task A_lease_is_asked_for_by_a_new_lower_case_GUID_each_time()
    {
        var ids = new List<string>();
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.FaultOf = call =>
        {
            if (call.Operation == LeaseCall.Acquire)
            {
                ids.Add(call["x-ms-proposed-lease-id"]!);
            }

            return null;
        };
        for (int round = 0; round < 2; round++)
        {
            instance.Release(await instance.Acquire());
        }

        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(Guid.ParseExact(id, "D").ToString("D"), id));
    }

    [Fact]
    public async Task A_standby_does_not_flood_the_service_with_refused_acquisitions()
    {
        await _world.CreateInstance().Acquire();
        _ = _world.CreateInstance().StandBy();
        int acquisitions = _world.Service.Count(LeaseCall.Acquire);
        int looks = _world.Service.Count(LeaseCall.Properties);
        int reads = _world.Service.Count(LeaseCall.Read);

        _world.Pass(60);

        Assert.Equal(acquisitions, _world.Service.Count(LeaseCall.Acquire));
        Assert.Equal(reads, _world.Service.Count(LeaseCall.Read));
        Assert.InRange(_world.Service.Count(LeaseCall.Properties) - looks, 50, 72);
    }

    [Theory]
    [InlineData(409, "BlobImmutableDueToPolicy")]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(500, "InternalError")]
    public async Task A_lease_whose_record_cannot_be_written_is_released_at_once(int status, string code)
    {
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.FaultOf = call => call.Operation == LeaseCall.Write ? LeaseFault.Error(status, code) : null;

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(instance.TryAcquire);

        Assert.Contains($"{status} {code}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("available", _world.Service.StateOf(VirtualLease.Name));
    }

    [Fact]
    public async Task After_a_lost_answer_to_its_write_the_record_is_read()
    {
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.FailNext(LeaseCall.Write, LeaseFault.LostReply);

        IInstanceLockHandle handle = await instance.Acquire();

        Assert.Equal(handle.Holder, _world.Record!.ToHolder());
        Assert.Equal([201, 412], _world.Service.Served.Where(call => call.Operation == LeaseCall.Write).Select(call => call.Status));
    }

    [Fact]
    public async Task A_duration_that_the_service_refuses_is_reported()
    {
        VirtualInstance instance = _world.CreateInstance(options => options.LeaseDuration = TimeSpan.FromSeconds(14));

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(instance.TryAcquire);

        Assert.Contains("400 InvalidHeaderValue", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_lease_is_quarantined_before_its_successor_acts()
    {
        await _world.CreateInstance().Acquire();
        _world.Service.Lease(VirtualLease.Name, LeaseCall.Break, ("x-ms-lease-break-period", "0"));
        VirtualInstance successor = _world.CreateInstance();
        Task<IInstanceLockHandle?> attempt = VirtualLease.Start(() => successor.Lock.TryAcquireAsync(Token));

        Assert.InRange(_world.PassUntil(attempt).TotalSeconds, 15, 15.1);

        Assert.NotNull(await attempt);
    }

    [Fact]
    public async Task A_breaking_lease_is_held_until_it_is_broken_and_then_quarantined()
    {
        await _world.CreateInstance().Acquire();
        Task<IInstanceLockHandle> standby = _world.CreateInstance().StandBy();
        _world.Service.Lease(VirtualLease.Name, LeaseCall.Break);
        Assert.Null(await _world.CreateInstance().TryAcquire());

        Assert.InRange(_world.PassUntil(standby).TotalSeconds, 29, 31.4);

        await standby;
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a record")]
    [InlineData("{\"schema\":1,\"epoch\":7}")]
    public async Task A_blob_without_a_record_is_quarantined(string body)
    {
        _world.Service.Put(VirtualLease.Name, System.Text.Encoding.UTF8.GetBytes(body));
        VirtualInstance instance = _world.CreateInstance();
        Task<IInstanceLockHandle?> attempt = VirtualLease.Start(() => instance.Lock.TryAcquireAsync(Token));

        Assert.InRange(_world.PassUntil(attempt).TotalSeconds, 15, 15.1);

        Assert.NotNull(await attempt);
    }

    [Fact]
    public async Task A_quarantine_that_did_not_end_begins_again()
    {
        _world.Service.Put(VirtualLease.Name, BlobLeaseRecords.Of(LockState.Quarantine).ToJson());
        VirtualInstance instance = _world.CreateInstance();
        Task<IInstanceLockHandle?> attempt = VirtualLease.Start(() => instance.Lock.TryAcquireAsync(Token));

        Assert.InRange(_world.PassUntil(attempt).TotalSeconds, 15, 15.1);

        Assert.NotNull(await attempt);
    }

    [Fact]
    public async Task A_cancelled_quarantine_releases_the_lease()
    {
        _world.Service.Put(VirtualLease.Name, []);
        using var cancellation = new CancellationTokenSource();
        VirtualInstance instance = _world.CreateInstance();
        Task<IInstanceLockHandle?> attempt = VirtualLease.Start(() => instance.Lock.TryAcquireAsync(cancellation.Token));
        _world.Pass(5);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
        Assert.Equal("available", _world.Service.StateOf(VirtualLease.Name));
    }

    [Fact]
    public async Task With_the_storage_down_nobody_starts_to_receive()
    {
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.Fault = LeaseFault.Refused;

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(instance.TryAcquire);
        Task<IInstanceLockHandle> standby = instance.StandBy();
        _world.Pass(60);

        Assert.False(refusal.IsPermission);
        Assert.Contains("Connection refused", refusal.Message, StringComparison.Ordinal);
        Assert.False(standby.IsCompleted);
        instance.Way.Fault = null;
        _world.PassUntil(standby, 2);
        await standby;
    }

    [Fact]
    public async Task The_epoch_grows_when_the_wall_clock_goes_back_and_when_the_record_is_gone()
    {
        VirtualInstance instance = _world.CreateInstance();
        IInstanceLockHandle first = await instance.Acquire();
        instance.Release(first);
        _world.Clock.Skew -= TimeSpan.FromHours(1);
        IInstanceLockHandle second = await _world.CreateInstance().Acquire();
        Assert.Equal(first.Holder.Epoch + 1, second.Holder.Epoch);

        _world.Service.DeleteBlob(VirtualLease.Name);
        _world.Pass(5);
        _world.Clock.Skew += TimeSpan.FromHours(1);
        IInstanceLockHandle third = await _world.CreateInstance().Acquire();

        Assert.True(third.Holder.Epoch > second.Holder.Epoch);
    }
}
