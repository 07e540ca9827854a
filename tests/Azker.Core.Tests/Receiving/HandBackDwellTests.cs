using Azker.Core.Configuration;
using Azker.Core.Receiving;

namespace Azker.Core.Tests.Receiving;

public sealed class HandBackDwellTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly FallbackOptions Options = new();

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 120)]
    [InlineData(4, 960)]
    [InlineData(5, 1800)]
    [InlineData(30, 1800)]
    public void The_dwell_doubles_with_each_flap_up_to_half_an_hour(int flaps, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), HandBackDwell.After(flaps, Options));

    [Fact]
    public void A_takeover_soon_after_a_hand_back_is_a_flap_more() =>
        Assert.Equal(3, HandBackDwell.CountFlaps(Record(flaps: 2, Now.AddMinutes(-29)), Now, Options));

    [Fact]
    public void A_webhook_that_stayed_well_for_as_long_as_the_longest_dwell_is_cured() =>
        Assert.Equal(0, HandBackDwell.CountFlaps(Record(flaps: 2, Now.AddMinutes(-30)), Now, Options));

    [Fact]
    public void A_first_takeover_is_none()
    {
        Assert.Equal(0, HandBackDwell.CountFlaps(null, Now, Options));
        Assert.Equal(0, HandBackDwell.CountFlaps(Record(flaps: 0, handedBackAt: null), Now, Options));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void A_takeover_from_another_poller_is_none_and_forgets_none(int minutes) =>
        Assert.Equal(2, HandBackDwell.CountFlaps(Record(flaps: 2, Now.AddMinutes(-minutes)) with { Mode = "polling" }, Now, Options));

    private static ReceiverRecord Record(int flaps, DateTimeOffset? handedBackAt) =>
        new(1, 1, "webhook", "receiving", "instance", "host", Now, "", "0", null, null, null) { Flaps = flaps, HandedBackAt = handedBackAt };
}
