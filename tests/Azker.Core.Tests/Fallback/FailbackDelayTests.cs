using Azker.Core.Configuration;
using Azker.Core.Fallback;
using Azker.Core.Webhook.Registration;

namespace Azker.Core.Tests.Fallback;

public sealed class FailbackDelayTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly FallbackOptions Options = new();

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 120)]
    [InlineData(4, 960)]
    [InlineData(5, 1800)]
    [InlineData(30, 1800)]
    public void The_failback_delay_doubles_with_each_flap_up_to_half_an_hour(int flaps, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), FailbackDelay.After(flaps, Options));

    [Fact]
    public void A_failover_soon_after_a_failback_is_one_more_flap() =>
        Assert.Equal(3, FailbackDelay.CountFlaps(Record(flaps: 2, Now.AddMinutes(-29)), Now, Options));

    [Fact]
    public void A_webhook_that_stayed_healthy_for_the_longest_delay_has_no_flaps() =>
        Assert.Equal(0, FailbackDelay.CountFlaps(Record(flaps: 2, Now.AddMinutes(-30)), Now, Options));

    [Fact]
    public void A_first_failover_is_no_flap()
    {
        Assert.Equal(0, FailbackDelay.CountFlaps(null, Now, Options));
        Assert.Equal(0, FailbackDelay.CountFlaps(Record(flaps: 0, failedBackAt: null), Now, Options));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void A_takeover_from_another_poller_changes_no_count(int minutes) =>
        Assert.Equal(2, FailbackDelay.CountFlaps(Record(flaps: 2, Now.AddMinutes(-minutes)) with { Mode = "polling" }, Now, Options));

    private static ReceiverRecord Record(int flaps, DateTimeOffset? failedBackAt) =>
        new(1, 1, "webhook", "receiving", "instance", "host", Now, "", "0", null, null, null) { Flaps = flaps, FailedBackAt = failedBackAt };
}
