using Azker.BlobService;
using Azker.Core.Locking;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>A storage that refuses the credential: fatal at the start, and a fault that may pass from the first answer on.</summary>
public sealed class BlobLeaseRefusalTests : IDisposable
{
    private readonly VirtualLease _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_credential_without_permissions_is_reported_at_once_also_to_a_standby(int status)
    {
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.Fault = LeaseFault.Error(status, "AuthorizationFailure");

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(() => instance.StandBy());

        Assert.True(refusal.IsPermission);
        Assert.Equal(
            $"The storage service refuses access to the receiver lock, blob bot-1 in container azker of a ({status} AuthorizationFailure). "
            + "Give this identity the permission to read and write blobs there, such as the role Storage Blob Data Contributor, or correct the connection string.",
            refusal.Message);
    }

    [Theory]
    [InlineData("InvalidHeaderValue")]
    [InlineData("InvalidResourceName")]
    public async Task A_service_that_does_not_accept_the_calls_is_reported_at_once_also_to_a_standby(string code)
    {
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.Fault = LeaseFault.Error(400, code);

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(() => instance.StandBy());

        Assert.True(refusal.IsPermission);
        Assert.Equal(
            $"The storage service does not accept the calls for the receiver lock, blob bot-1 in container azker of a (400 {code}). With InvalidHeaderValue an "
            + "emulator is older than Azker: start Azurite with --skipApiVersionCheck. Otherwise check LOCK_CONTAINER and LOCK_NAME, and the URL of the account.",
            refusal.Message);
    }

    [Fact]
    public async Task A_standby_whose_permission_is_withdrawn_for_a_while_keeps_waiting()
    {
        VirtualInstance holder = _world.CreateInstance();
        IInstanceLockHandle handle = await holder.Acquire();
        VirtualInstance standby = _world.CreateInstance();
        Task<IInstanceLockHandle> waiting = standby.StandBy();
        standby.Way.Fault = LeaseFault.Error(403, "AuthorizationFailure");
        _world.Pass(10);
        standby.Way.Fault = null;

        holder.Release(handle);
        _world.PassUntil(waiting, 2);

        await waiting;
        Assert.Single(standby.Log.Entries, entry => entry.EventId == 1341);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refusal_after_the_first_answer_is_a_fault_that_may_pass(int status)
    {
        VirtualInstance instance = _world.CreateInstance();
        instance.Release(await instance.Acquire());
        instance.Way.Fault = LeaseFault.Error(status, "AuthorizationFailure");

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(instance.TryAcquire);
        Task<IInstanceLockHandle> standby = instance.StandBy();
        _world.Pass(60);

        Assert.False(refusal.IsPermission);
        Assert.Contains($"({status} AuthorizationFailure)", refusal.Message, StringComparison.Ordinal);
        Assert.False(standby.IsCompleted);
        Assert.Single(instance.Log.Entries, entry => entry.EventId == 1341);
        instance.Way.Fault = null;
        _world.PassUntil(standby, 2);
        await standby;
    }

    [Fact]
    public async Task A_lock_that_another_instance_holds_is_a_first_answer_too()
    {
        await _world.CreateInstance().Acquire();
        VirtualInstance instance = _world.CreateInstance();
        Assert.Null(await instance.TryAcquire());
        instance.Way.Fault = LeaseFault.Error(403, "AuthorizationFailure");

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(instance.TryAcquire);

        Assert.False(refusal.IsPermission);
    }

    [Fact]
    public async Task A_permission_to_read_alone_is_reported_at_once_also_to_a_standby()
    {
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.FaultOf = call => call.Operation is LeaseCall.Acquire ? LeaseFault.Error(403, "AuthorizationPermissionMismatch") : null;

        Assert.True((await Assert.ThrowsAsync<InstanceLockException>(instance.TryAcquire)).IsPermission);
        Assert.True((await Assert.ThrowsAsync<InstanceLockException>(() => instance.StandBy())).IsPermission);
    }

    [Fact]
    public async Task A_standby_outlives_the_deletion_of_a_container_that_it_may_not_create()
    {
        await _world.CreateInstance().Acquire();
        VirtualInstance instance = _world.CreateInstance();
        Task<IInstanceLockHandle> standby = instance.StandBy();
        _world.Service.MayCreateContainer = false;
        _world.Service.DeleteContainer();
        _world.Pass(60);

        Assert.False(standby.IsCompleted);
        Assert.Contains(instance.Log.Entries, entry => entry.EventId == 1341);
        _world.Service.MayCreateContainer = true;
        _world.PassUntil(standby);
        await standby;
    }

    [Theory]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(500, false)]
    public async Task A_check_fails_for_a_missing_permission_only(int status, bool fails)
    {
        VirtualInstance instance = _world.CreateInstance();
        instance.Way.Fault = LeaseFault.Error(status, "AuthorizationFailure");

        Exception? error = await Record.ExceptionAsync(() => instance.Lock.CheckAsync(Token));

        Assert.Equal(fails, error is InstanceLockException { IsPermission: true });
        instance.Way.Fault = null;
        await instance.Lock.CheckAsync(Token);
        instance.Way.Fault = LeaseFault.Error(status, "AuthorizationFailure");
        await instance.Lock.CheckAsync(Token);
        Assert.False((await Assert.ThrowsAsync<InstanceLockException>(instance.TryAcquire)).IsPermission);
    }

    [Fact]
    public async Task A_missing_container_that_may_not_be_created_is_named()
    {
        _world.Service.ForgetContainer();
        _world.Service.MayCreateContainer = false;

        InstanceLockException refusal = await Assert.ThrowsAsync<InstanceLockException>(_world.CreateInstance().TryAcquire);

        Assert.True(refusal.IsPermission);
        Assert.Equal(
            "The blob container azker does not exist, and this identity may not create it (403 AuthorizationPermissionMismatch). "
            + "Create the container, or set LOCK_CONTAINER to another container.",
            refusal.Message);
    }
}
