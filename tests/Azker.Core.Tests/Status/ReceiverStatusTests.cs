using Azker.Core.Status;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Status;

public sealed class ReceiverStatusTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SkewedTimeProvider _clock;
    private readonly ReceiverStatus _status;

    public ReceiverStatusTests()
    {
        _clock = new SkewedTimeProvider(_time);
        _status = new ReceiverStatus(_clock);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Spans_of_time_are_right_also_when_the_wall_clock_is_set(int hours)
    {
        _status.ExchangeSucceeded();
        _time.Advance(TimeSpan.FromSeconds(10));
        _status.ExchangeFailed("It is down.");
        _clock.Skew = TimeSpan.FromHours(hours);
        _time.Advance(TimeSpan.FromSeconds(5));
        _status.ExchangeFailed("It is down.");

        Assert.Equal(TimeSpan.FromSeconds(15), _status.Uptime);
        Assert.Equal(TimeSpan.FromSeconds(5), _status.NotReceivingFor);
        _status.ExchangeSucceeded();
        Assert.Equal(TimeSpan.Zero, _status.NotReceivingFor);
    }

    [Fact]
    public void The_uptime_counts_from_the_start_of_the_process()
    {
        var status = new ReceiverStatus(_time, TimeSpan.FromMinutes(7));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromMinutes(7) + TimeSpan.FromSeconds(5), status.Uptime);
        Assert.Equal(TimeSpan.FromSeconds(5), status.NotReceivingFor);
    }
}
