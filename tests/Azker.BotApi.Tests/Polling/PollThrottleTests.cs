using Azker.BotApi.Polling;

namespace Azker.BotApi.Tests.Polling;

public sealed class PollThrottleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly PollThrottle _throttle = new();

    [Fact]
    public void The_first_poll_is_left_alone() => Assert.Equal((0, 100), At(0));

    [Fact]
    public void The_same_offset_within_half_a_second_gets_a_limit_of_one()
    {
        At(0);
        Assert.Equal((3, 1), At(0.49));
    }

    [Fact]
    public void The_same_offset_within_three_seconds_waits_three_seconds()
    {
        At(0);
        Assert.Equal((3, 100), At(2.99));
    }

    [Fact]
    public void A_longer_timeout_stays()
    {
        At(0);
        Assert.Equal((50, 100), At(1, timeout: 50));
    }

    [Fact]
    public void The_same_offset_after_three_seconds_is_left_alone()
    {
        At(0);
        Assert.Equal((0, 100), At(3));
    }

    [Fact]
    public void Another_offset_is_left_alone()
    {
        At(0);
        Assert.Equal((0, 100), At(0.1, offset: 8));
    }

    [Fact]
    public void Each_poll_restarts_the_time()
    {
        At(0);
        At(2);
        Assert.Equal((3, 100), At(4));
    }

    private (int Timeout, int Limit) At(double second, int offset = 7, int timeout = 0)
    {
        PollRequest request = _throttle.Apply(new PollRequest(offset, 100, timeout), Start + TimeSpan.FromSeconds(second));
        return (request.Timeout, request.Limit);
    }
}
