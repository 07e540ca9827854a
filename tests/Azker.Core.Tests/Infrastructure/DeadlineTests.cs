using Azker.Core.Infrastructure;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Infrastructure;

public sealed class DeadlineTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _caller = new();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task A_call_that_ends_in_time_gives_its_answer() => Assert.Equal(5, await Run(_ => Task.FromResult(5)));

    [Fact]
    public async Task A_call_that_takes_too_long_is_cancelled_and_named()
    {
        Task<int> call = Run(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
            return 5;
        });

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("getThings: no answer within 10 s.", (await Assert.ThrowsAsync<TimeoutException>(() => Eventually.Completes(call))).Message);
    }

    [Fact]
    public async Task A_call_that_ignores_its_token_is_abandoned()
    {
        Task<int> call = Run(_ => new TaskCompletionSource<int>().Task);

        _time.Advance(TimeSpan.FromSeconds(10));
        TimeSpan grace = await _time.PassUntil(() => call.IsCompleted, "the call is abandoned");

        Assert.True(grace >= TimeSpan.FromSeconds(5), $"{grace}");
        Assert.Equal("getThings: no answer within 10 s.", (await Assert.ThrowsAsync<TimeoutException>(() => call)).Message);
    }

    [Fact]
    public async Task A_cancelled_caller_continues_when_the_call_has_ended_and_not_before()
    {
        var end = new TaskCompletionSource<int>();
        Task<int> call = Run(_ => end.Task);

        _caller.Cancel();
        Assert.False(call.IsCompleted);
        end.SetCanceled(_caller.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(call));
    }

    [Fact]
    public async Task A_cancelled_caller_does_not_wait_for_ever_for_a_call_that_ignores_its_token()
    {
        Task<int> call = Run(_ => new TaskCompletionSource<int>().Task);

        _caller.Cancel();
        await _time.PassUntil(() => call.IsCompleted, "the call is abandoned");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_failure_of_the_call_is_thrown_unchanged() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run(_ => throw new InvalidOperationException("broken")));

    private Task<int> Run(Func<CancellationToken, Task<int>> call) => Deadline.RunAsync(call, "getThings", TimeSpan.FromSeconds(10), _time, _caller.Token);
}
