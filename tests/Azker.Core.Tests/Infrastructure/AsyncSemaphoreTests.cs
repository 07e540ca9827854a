using Azker.Core.Infrastructure;

namespace Azker.Core.Tests.Infrastructure;

public sealed class AsyncSemaphoreTests
{
    private readonly CancellationTokenSource _cancel = new();

    [Fact]
    public async Task As_many_enter_as_there_are_places()
    {
        var semaphore = new AsyncSemaphore(2);

        await semaphore.EnterAsync(CancellationToken.None);
        Assert.True(semaphore.TryEnter());

        Assert.False(semaphore.TryEnter());
        Assert.False(semaphore.EnterAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task A_place_goes_to_those_who_wait_in_the_order_of_their_arrival()
    {
        var semaphore = new AsyncSemaphore(1);
        await semaphore.EnterAsync(CancellationToken.None);
        Task first = semaphore.EnterAsync(CancellationToken.None);
        Task second = semaphore.EnterAsync(CancellationToken.None);

        semaphore.Leave();
        Assert.False(semaphore.TryEnter());
        await first;
        Assert.False(second.IsCompleted);
        semaphore.Leave();
        await second;
        semaphore.Leave();

        Assert.True(semaphore.TryEnter());
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_takes_no_place()
    {
        var semaphore = new AsyncSemaphore(1);
        await semaphore.EnterAsync(CancellationToken.None);
        Task cancelled = semaphore.EnterAsync(_cancel.Token);
        Task next = semaphore.EnterAsync(CancellationToken.None);

        _cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        semaphore.Leave();
        await next;
        semaphore.Leave();

        Assert.True(semaphore.TryEnter());
    }

    [Fact]
    public async Task A_token_that_is_already_cancelled_takes_no_place()
    {
        var semaphore = new AsyncSemaphore(1);
        _cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => semaphore.EnterAsync(_cancel.Token));

        Assert.True(semaphore.TryEnter());
    }

    [Fact]
    public void A_wait_that_is_cancelled_continues_where_it_began()
    {
        var semaphore = new AsyncSemaphore(1);
        Assert.True(semaphore.TryEnter());
        var context = new RecordingContext();

        Task wait = context.Run(() => semaphore.EnterAsync(_cancel.Token));
        _cancel.Cancel();

        Assert.Equal([Environment.CurrentManagedThreadId], context.PostedFrom.Distinct());
        Assert.True(wait.IsCanceled);
    }

    [Fact]
    public void A_wait_that_gets_a_place_continues_where_it_began()
    {
        var semaphore = new AsyncSemaphore(1);
        Assert.True(semaphore.TryEnter());
        var context = new RecordingContext();

        Task wait = context.Run(() => semaphore.EnterAsync(_cancel.Token));
        semaphore.Leave();

        Assert.Equal([Environment.CurrentManagedThreadId], context.PostedFrom.Distinct());
        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Cancellations_and_places_that_meet_lose_no_place()
    {
        var semaphore = new AsyncSemaphore(3);
        int inside = 0;
        int most = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 2000; i++)
            {
                using var cancel = new CancellationTokenSource();
                Task enter = semaphore.EnterAsync(cancel.Token);
                if ((i + worker) % 3 == 0)
                {
                    cancel.Cancel();
                }

                try
                {
                    await enter;
                }
                catch (OperationCanceledException)
                {
                    continue;
                }

                int now = Interlocked.Increment(ref inside);
                most = Math.Max(most, now);
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                semaphore.Leave();
            }
        }, TestContext.Current.CancellationToken)));

        Assert.InRange(most, 1, 3);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => semaphore.TryEnter()));
    }

    /// <summary>Runs posted work at once, and records from which thread it came.</summary>
    private sealed class RecordingContext : SynchronizationContext
    {
        public List<int> PostedFrom { get; } = [];

        public Task Run(Func<Task> start)
        {
            SynchronizationContext? before = Current;
            SetSynchronizationContext(this);
            try
            {
                return Await(start());
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (PostedFrom)
            {
                PostedFrom.Add(Environment.CurrentManagedThreadId);
            }

            d(state);
        }

        private static async Task Await(Task task) => await task;
    }
}
