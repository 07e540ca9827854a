using Azker.Core.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Infrastructure;

public sealed class SingleFlightTests
{
    private readonly FakeTimeProvider _time = new();
    private int _looks;

    [Fact]
    public async Task A_result_is_kept_for_its_lifetime()
    {
        SingleFlight<int> looks = Looks(_ => Task.FromResult(++_looks));

        Assert.Equal(1, await looks.GetAsync(TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, await looks.GetAsync(TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await looks.GetAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_result_that_is_forgotten_is_not_given_again_even_if_its_query_is_still_running()
    {
        var first = new TaskCompletionSource<int>();
        SingleFlight<int> looks = Looks(_ => ++_looks == 1 ? first.Task : Task.FromResult(_looks));
        Task<int> early = looks.GetAsync(TestContext.Current.CancellationToken);

        looks.Forget();

        Assert.Equal(2, await looks.GetAsync(TestContext.Current.CancellationToken));
        first.SetResult(1);
        Assert.Equal(1, await early);
        Assert.Equal(2, await looks.GetAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        SingleFlight<int> looks = Looks(_ => ++_looks == 1 ? Task.FromException<int>(new IOException("broken")) : Task.FromResult(_looks));

        await Assert.ThrowsAsync<IOException>(() => looks.GetAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await looks.GetAsync(TestContext.Current.CancellationToken));
    }

    private SingleFlight<int> Looks(Func<CancellationToken, Task<int>> look) => new(look, TimeSpan.FromSeconds(10), _time);
}
