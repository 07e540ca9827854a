using Azker.BlobService;
using Azker.Core.Locking;
using Azker.Core.Locking.BlobLease;
using Azker.Core.Locking.OsLock;

namespace Azker.Core.Tests.Locking.BlobLease;

/// <summary>How an instance treats the lease of a holder on its own machine.</summary>
public sealed class BlobLeaseLocalTakeoverTests : IDisposable
{
    private const string Machine = "machine";
    private const int UnlikelyPid = int.MaxValue;
    private readonly VirtualLease _world = new();
    private readonly string _leaseId = Guid.NewGuid().ToString("D");

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_lease_of_a_dead_holder_is_adopted_and_its_id_changed()
    {
        TakeLease();
        VirtualInstance instance = _world.CreateInstance(machine: Machine);
        Leave(instance, ProcessIdentity.Current with { ProcessId = UnlikelyPid });

        IInstanceLockHandle? handle = await instance.TryAcquire();

        Assert.NotNull(handle);
        Assert.Equal(1, _world.Service.Count(LeaseCall.Change));
        Assert.Equal(409, _world.Service.Lease(VirtualLease.Name, LeaseCall.Renew, ("x-ms-lease-id", _leaseId)).Status);
        Assert.Equal("adopted from a crashed holder on this machine", _world.Record!.Reason);
        _world.Pass(30);
        Assert.True(handle.Remaining > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_standby_adopts_within_20_ms()
    {
        TakeLease();
        VirtualInstance instance = _world.CreateInstance(machine: Machine);
        Leave(instance, ProcessIdentity.Current);
        var directory = new LockDirectory(Path.GetDirectoryName(RecordPath(instance))!);
        LockFile living = LockFile.TryOpen(directory, directory.First.Lock)!;
        Task<IInstanceLockHandle> standby = instance.StandBy();
        _world.Pass(3);
        Assert.False(standby.IsCompleted);

        Leave(instance, ProcessIdentity.Current with { ProcessId = UnlikelyPid });
        living.Dispose();

        Assert.InRange(_world.PassUntil(standby).TotalMilliseconds, 0, 20);
        await standby;
    }

    [Fact]
    public async Task The_lease_of_a_living_holder_is_left_alone_even_if_its_OS_lock_is_gone()
    {
        TakeLease();
        VirtualInstance instance = _world.CreateInstance(machine: Machine);
        Leave(instance, ProcessIdentity.Current);

        Assert.Null(await instance.TryAcquire());

        Assert.Equal(200, _world.Service.Lease(VirtualLease.Name, LeaseCall.Renew, ("x-ms-lease-id", _leaseId)).Status);
    }

    [Fact]
    public async Task The_lease_of_a_holder_on_another_machine_is_left_alone()
    {
        TakeLease();
        VirtualInstance instance = _world.CreateInstance(machine: Machine);
        Leave(instance, new ProcessIdentity(UnlikelyPid, "1", "another boot", "1", "another machine", "another host"));

        Assert.Null(await instance.TryAcquire());

        Assert.Equal(200, _world.Service.Lease(VirtualLease.Name, LeaseCall.Renew, ("x-ms-lease-id", _leaseId)).Status);
    }

    [Fact]
    public async Task A_lease_that_another_machine_took_meanwhile_is_left_alone()
    {
        TakeLease();
        VirtualInstance instance = _world.CreateInstance(machine: Machine);
        Leave(instance, ProcessIdentity.Current with { ProcessId = UnlikelyPid }, Guid.NewGuid().ToString("D"));

        Assert.Null(await instance.TryAcquire());

        Assert.Equal(200, _world.Service.Lease(VirtualLease.Name, LeaseCall.Renew, ("x-ms-lease-id", _leaseId)).Status);
        Assert.False(File.Exists(RecordPath(instance)));
    }

    [Fact]
    public async Task A_successor_that_crashed_before_it_changed_the_id_is_succeeded_too()
    {
        TakeLease();
        VirtualInstance instance = _world.CreateInstance(machine: Machine);
        Leave(instance, ProcessIdentity.Current with { ProcessId = UnlikelyPid }, Guid.NewGuid().ToString("D"), _leaseId);

        Assert.NotNull(await instance.TryAcquire());
    }

    [Fact]
    public async Task The_lease_id_is_kept_for_its_owner_alone_while_the_lock_is_held()
    {
        VirtualInstance instance = _world.CreateInstance(machine: Machine);

        IInstanceLockHandle handle = await instance.Acquire();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(RecordPath(instance)));
        }

        instance.Release(handle);
        Assert.False(File.Exists(RecordPath(instance)));
    }

    [Fact]
    public async Task Where_the_data_directory_cannot_be_used_the_lease_alone_decides()
    {
        VirtualInstance instance = _world.CreateInstance(machine: Machine);
        await File.WriteAllTextAsync(_world.DataDirectory(Machine), "not a directory", TestContext.Current.CancellationToken);

        Assert.NotNull(await instance.TryAcquire());

        Assert.Single(instance.Log.Entries, entry => entry.EventId == 1321);
    }

    [Fact]
    public void A_holder_in_another_PID_namespace_of_the_same_kernel_is_dead_when_its_OS_lock_is_free()
    {
        ProcessIdentity current = ProcessIdentity.Current with { Boot = "boot", PidNamespace = "1" };

        Assert.True(new BlobLeaseLocalRecord([], current with { PidNamespace = "2", Host = "container" }).IsAdoptableBy(current));
        Assert.False(new BlobLeaseLocalRecord([], current with { PidNamespace = "2", Boot = "other", Host = "container" }).IsAdoptableBy(current));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"leaseIds\":")]
    [InlineData("null")]
    [InlineData("{\"leaseIds\":[\"x\"]}")]
    public async Task A_partial_or_foreign_file_gives_nothing_to_adopt(string content)
    {
        TakeLease();
        VirtualInstance instance = _world.CreateInstance(machine: Machine);
        Write(instance, System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Null(await instance.TryAcquire());
    }

    private void TakeLease() => Assert.Equal(201, _world.Service.Lease(
        VirtualLease.Name, LeaseCall.Acquire, ("x-ms-proposed-lease-id", _leaseId), ("x-ms-lease-duration", "60")).Status);

    private void Leave(VirtualInstance instance, ProcessIdentity process, params string[] leaseIds) =>
        Write(instance, new BlobLeaseLocalRecord(leaseIds.Length > 0 ? leaseIds : [_leaseId], process).ToJson());

    private void Write(VirtualInstance instance, byte[] content)
    {
        string path = RecordPath(instance);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            new LockDirectory(Path.GetDirectoryName(path)!).Prepare();
        }

        File.WriteAllBytes(path, content);
    }

    private string RecordPath(VirtualInstance _) => Path.Combine(_world.DataDirectory(Machine), $"lease-{VirtualLease.Name}", "lease.json");
}
