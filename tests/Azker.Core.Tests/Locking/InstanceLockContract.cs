using Azker.Core.Locking;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Locking;

/// <summary>The contract of every <see cref="IInstanceLock"/>.</summary>
public abstract class InstanceLockContract
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Creates another instance that competes for the one lock of this test.</summary>
    private protected abstract IInstanceLock CreateInstance(long botId = 1);

    [Fact]
    public async Task A_free_lock_is_taken()
    {
        await using IInstanceLockHandle? handle = await CreateInstance().TryAcquireAsync(Token);

        Assert.NotNull(handle);
        Assert.True(handle.Remaining > TimeSpan.Zero);
        Assert.False(handle.Lost.IsCancellationRequested);
        Assert.Null(handle.LostReason);
    }

    [Fact]
    public async Task A_second_instance_is_refused_while_the_first_holds_the_lock()
    {
        await using IInstanceLockHandle? first = await CreateInstance().TryAcquireAsync(Token);

        Assert.Null(await CreateInstance().TryAcquireAsync(Token));
        Assert.True(first!.Remaining > TimeSpan.Zero);
    }

    [Fact]
    public async Task An_instance_that_holds_the_lock_is_refused_a_second_time()
    {
        IInstanceLock instance = CreateInstance();
        await using IInstanceLockHandle? first = await instance.TryAcquireAsync(Token);

        Assert.Null(await instance.TryAcquireAsync(Token));
        Assert.Null(await CreateInstance().TryAcquireAsync(Token));
        Assert.True(first!.Remaining > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_check_neither_takes_the_lock_nor_disturbs_its_holder()
    {
        await CreateInstance().CheckAsync(Token);
        await using IInstanceLockHandle? handle = await CreateInstance().TryAcquireAsync(Token);
        Assert.NotNull(handle);

        await CreateInstance().CheckAsync(Token);

        Assert.True(handle.Remaining > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_released_lock_is_free_for_the_next_instance()
    {
        IInstanceLockHandle? first = await CreateInstance().TryAcquireAsync(Token);
        await first!.DisposeAsync();

        await using IInstanceLockHandle? second = await CreateInstance().TryAcquireAsync(Token);

        Assert.NotNull(second);
    }

    [Fact]
    public async Task Of_sixteen_instances_that_race_exactly_one_wins()
    {
        using var start = new Barrier(16);
        Task<IInstanceLockHandle?>[] racers = [.. Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(
            () =>
            {
                IInstanceLock instance = CreateInstance();
                start.SignalAndWait(Token);
                return instance.TryAcquireAsync(Token);
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap())];

        IInstanceLockHandle?[] handles = await Task.WhenAll(racers);

        await using IInstanceLockHandle winner = Assert.Single(handles.OfType<IInstanceLockHandle>());
        Assert.True(winner.Remaining > TimeSpan.Zero);
    }

    [Fact]
    public async Task The_epoch_grows_with_every_acquisition()
    {
        IInstanceLock[] instances = [CreateInstance(), CreateInstance(), CreateInstance()];
        long last = 0;
        for (int round = 0; round < 12; round++)
        {
            await using IInstanceLockHandle? handle = await instances[round % 2 == 0 ? 0 : round % 3].TryAcquireAsync(Token);
            Assert.True(handle!.Holder.Epoch > last);
            last = handle.Holder.Epoch;
        }
    }

    [Fact]
    public async Task Every_instance_can_read_who_holds_the_lock()
    {
        await using IInstanceLockHandle? handle = await CreateInstance(botId: 4711).TryAcquireAsync(Token);

        LockHolder? holder = await CreateInstance().GetHolderAsync(Token);

        Assert.Equal(handle!.Holder, holder);
        Assert.Equal(Environment.ProcessId, holder!.ProcessId);
        Assert.Equal(Environment.MachineName, holder.Host);
        Assert.Equal(4711, holder.BotId);
        Assert.NotEmpty(holder.Version);
    }

    [Fact]
    public async Task Nobody_holds_a_lock_that_was_never_taken() => Assert.Null(await CreateInstance().GetHolderAsync(Token));

    [Fact]
    public async Task Nobody_holds_a_released_lock()
    {
        IInstanceLockHandle? handle = await CreateInstance().TryAcquireAsync(Token);
        await handle!.DisposeAsync();

        Assert.Null(await CreateInstance().GetHolderAsync(Token));
    }

    [Fact]
    public async Task Asking_who_holds_the_lock_never_stops_a_starter()
    {
        using var done = new CancellationTokenSource();
        Task[] askers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(
            async () =>
            {
                IInstanceLock asker = CreateInstance();
                while (!done.IsCancellationRequested)
                {
                    await asker.GetHolderAsync(Token);
                }
            },
            Token))];

        for (int round = 0; round < 100; round++)
        {
            await using IInstanceLockHandle? handle = await CreateInstance().TryAcquireAsync(Token);
            Assert.NotNull(handle);
        }

        await done.CancelAsync();
        await Task.WhenAll(askers);
    }

    [Fact]
    public async Task Two_instances_have_two_names()
    {
        IInstanceLockHandle? first = await CreateInstance().TryAcquireAsync(Token);
        await first!.DisposeAsync();
        await using IInstanceLockHandle? second = await CreateInstance().TryAcquireAsync(Token);

        Assert.NotEqual(first.Holder.Instance, second!.Holder.Instance);
    }

    [Fact]
    public async Task Releasing_twice_leaves_the_next_holder_alone()
    {
        IInstanceLockHandle? first = await CreateInstance().TryAcquireAsync(Token);
        await first!.DisposeAsync();
        await using IInstanceLockHandle? second = await CreateInstance().TryAcquireAsync(Token);

        await first.DisposeAsync();

        Assert.True(second!.Remaining > TimeSpan.Zero);
        Assert.Equal(second.Holder, await CreateInstance().GetHolderAsync(Token));
        Assert.Null(await CreateInstance().TryAcquireAsync(Token));
    }

    [Fact]
    public async Task A_released_lock_has_no_time_left_but_is_not_lost()
    {
        IInstanceLockHandle? handle = await CreateInstance().TryAcquireAsync(Token);

        await handle!.DisposeAsync();

        Assert.Equal(TimeSpan.Zero, handle.Remaining);
        Assert.False(handle.Lost.IsCancellationRequested);
        Assert.Null(handle.LostReason);
    }

    [Fact]
    public async Task A_standby_gets_the_lock_when_it_is_released()
    {
        IInstanceLockHandle? first = await CreateInstance().TryAcquireAsync(Token);
        Task<IInstanceLockHandle> standby = CreateInstance().AcquireAsync(null, Token);
        Assert.False(standby.IsCompleted);

        await first!.DisposeAsync();

        await using IInstanceLockHandle second = await Eventually.Completes(standby);
        Assert.True(second.Holder.Epoch > first.Holder.Epoch);
    }

    [Fact]
    public async Task Three_standbys_get_the_lock_one_after_the_other()
    {
        IInstanceLockHandle? current = await CreateInstance().TryAcquireAsync(Token);
        List<Task<IInstanceLockHandle>> standbys = [.. Enumerable.Range(0, 3).Select(_ => CreateInstance().AcquireAsync(null, Token))];

        while (standbys.Count > 0)
        {
            Assert.DoesNotContain(standbys, standby => standby.IsCompleted);
            await current!.DisposeAsync();
            Task<IInstanceLockHandle> next = await Eventually.Completes(Task.WhenAny(standbys));
            standbys.Remove(next);
            current = await next;
        }

        await current!.DisposeAsync();
    }

    [Fact]
    public async Task A_standby_is_told_the_holder_and_the_next_holder()
    {
        var told = new List<LockHolder?>();
        IInstanceLockHandle? first = await CreateInstance().TryAcquireAsync(Token);
        Task<IInstanceLockHandle> standby = CreateInstance().AcquireAsync(told.Add, Token);
        await Eventually.IsTrue(() => told.Count > 0, "the standby is told of the holder");
        Assert.Equal(first!.Holder, Assert.Single(told));

        IInstanceLockHandle? second = null;
        while (second is null && !standby.IsCompleted)
        {
            await first.DisposeAsync();
            second = await CreateInstance().TryAcquireAsync(Token);
        }

        if (second is not null)
        {
            await Eventually.IsTrue(() => told.Count > 1, "the standby is told of the new holder");
            Assert.Equal(second.Holder, told[1]);
            await second.DisposeAsync();
        }

        await (await Eventually.Completes(standby)).DisposeAsync();
    }

    [Fact]
    public async Task A_cancelled_standby_holds_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        IInstanceLockHandle? first = await CreateInstance().TryAcquireAsync(Token);
        Task<IInstanceLockHandle> standby = CreateInstance().AcquireAsync(null, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(standby));
        await first!.DisposeAsync();
        await using IInstanceLockHandle? next = await CreateInstance().TryAcquireAsync(Token);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_cancelled_attempt_holds_nothing()
    {
        IInstanceLock instance = CreateInstance();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => instance.TryAcquireAsync(new CancellationToken(canceled: true)));

        await using IInstanceLockHandle? next = await instance.TryAcquireAsync(Token);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_standby_whose_listener_throws_holds_nothing()
    {
        IInstanceLockHandle? first = await CreateInstance().TryAcquireAsync(Token);
        IInstanceLock standby = CreateInstance();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => standby.AcquireAsync(_ => throw new InvalidTimeZoneException(), Token));

        await first!.DisposeAsync();
        await using IInstanceLockHandle? next = await standby.TryAcquireAsync(Token);
        Assert.NotNull(next);
    }
}
