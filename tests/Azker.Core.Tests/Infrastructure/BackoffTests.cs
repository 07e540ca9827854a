using Azker.Core.Infrastructure;

namespace Azker.Core.Tests.Infrastructure;

public class BackoffTests
{
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(60));

    [Fact]
    public void Delays_double_up_to_the_cap() =>
        Assert.Equal([3, 6, 12, 24, 48, 60, 60], Enumerable.Range(0, 7).Select(_ => _backoff.Next().TotalSeconds));

    [Fact]
    public void A_success_starts_again_with_the_first_delay()
    {
        _backoff.Next();
        _backoff.Next();
        _backoff.Reset();

        Assert.Equal(3, _backoff.Next().TotalSeconds);
    }

    [Fact]
    public void Jitter_takes_up_to_a_fifth_off_and_never_adds()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), new Random(1));
        List<double> delays = [.. Enumerable.Range(0, 1000).Select(_ => backoff.Next().TotalSeconds)];

        Assert.InRange(delays.Min(), 8, 8.1);
        Assert.InRange(delays.Max(), 9.9, 10);
    }

    [Fact]
    public void Ten_thousand_failures_still_wait_for_the_cap()
    {
        for (int i = 0; i < 10_000; i++)
        {
            _backoff.Next();
        }

        Assert.Equal(60, _backoff.Next().TotalSeconds);
    }
}
