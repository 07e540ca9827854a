using Azker.Core.Delivery;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Delivery;

public class UpdateLanesTests
{
    private static readonly UpdateKey A = new(1, 0);
    private static readonly UpdateKey B = new(2, 0);

    private readonly UpdateLanes _lanes = new();

    [Fact]
    public async Task Work_of_one_key_runs_one_at_a_time_in_order()
    {
        List<int> ended = [];
        int running = 0;

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => _lanes.RunAsync(A, async () =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await Task.Yield();
            ended.Add(number);
            return Interlocked.Decrement(ref running);
        })));

        Assert.Equal(Enumerable.Range(0, 200), ended);
    }

    [Fact]
    public async Task Work_of_another_key_does_not_wait()
    {
        var blocked = new TaskCompletionSource<int>();
        Task<int> first = _lanes.RunAsync(A, () => blocked.Task);
        Task<int> behind = _lanes.RunAsync(A, () => Task.FromResult(2));

        Assert.Equal(3, await _lanes.RunAsync(B, () => Task.FromResult(3)));
        Assert.False(behind.IsCompleted);

        blocked.SetResult(1);
        Assert.Equal(1, await first);
        Assert.Equal(2, await behind);
    }

    [Fact]
    public async Task Work_that_fails_does_not_stop_its_lane()
    {
        Task<int> failing = _lanes.RunAsync(A, () => Task.FromException<int>(new InvalidOperationException("broken")));
        Task<int> next = _lanes.RunAsync(A, () => Task.FromResult(2));

        Assert.Equal(2, await next);
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
    }
}
