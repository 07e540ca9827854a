using System.Text;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Delivery.Parking;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery;

public class AttemptPolicyTests
{
    private const string WouldExpire = " It would have expired before its next attempt.";

    private static readonly ReceivedUpdate Poison = TestUpdates.Message(1, chat: 1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly AttemptPolicy _policy;

    public AttemptPolicyTests() => _policy = Policy();

    private DateTimeOffset Now => _time.GetUtcNow();

    [Theory]
    [InlineData(1, null)]
    [InlineData(4, null)]
    [InlineData(5, "")]
    [InlineData(6, "")]
    public void An_update_is_tried_until_its_attempts_are_used_up(int attempt, string? reason) =>
        Assert.Equal(reason, ReasonToGiveUp(Poison, attempt));

    [Theory]
    [InlineData(-86_400 + 60, 57, null)]
    [InlineData(-86_400 + 60, 58, null)]
    [InlineData(-86_400 + 60, 59, WouldExpire)]
    [InlineData(-86_400 + 1, 0, WouldExpire)]
    [InlineData(-60, 3600, null)]
    public void A_message_is_tried_again_only_within_24_hours_of_its_date(int date, int delay, string? reason)
    {
        ReceivedUpdate update = Parse($$$$"""{"update_id":1,"message":{"date":{{{{Now.ToUnixTimeSeconds() + date}}}},"chat":{"id":1}}}""");

        Assert.Equal(reason, ReasonToGiveUp(update, attempt: 1, delay: delay));
    }

    [Fact]
    public void A_query_is_tried_again_only_within_its_lifetime_from_its_arrival()
    {
        ReceivedUpdate update = Parse("""{"update_id":1,"inline_query":{"id":"1","from":{"id":1}}}""");
        DateTimeOffset firstSeenAt = Now;

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(_policy.ReasonToGiveUp(update, 1, firstSeenAt, TimeSpan.FromSeconds(8)));
        Assert.Equal(WouldExpire, _policy.ReasonToGiveUp(update, 1, firstSeenAt, TimeSpan.FromSeconds(9)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_600_000_000)]
    public void A_date_whose_lifetime_ended_before_the_update_arrived_is_ignored_because_the_clocks_differ(long date)
    {
        ReceivedUpdate update = Parse($$$$"""{"update_id":1,"message":{"date":{{{{date}}}},"chat":{"id":1}}}""");

        Assert.Null(ReasonToGiveUp(update, attempt: 1, delay: 86_000));
        Assert.Equal(WouldExpire, ReasonToGiveUp(update, attempt: 1, delay: 86_400));
    }

    [Fact]
    public void Where_updates_can_be_parked_no_update_expires()
    {
        ReceivedUpdate update = Parse("""{"update_id":1,"inline_query":{"id":"1","from":{"id":1}}}""");

        Assert.Null(Policy(isParkingPossible: true).ReasonToGiveUp(update, 1, Now, TimeSpan.FromDays(2)));
        Assert.Equal(WouldExpire, _policy.ReasonToGiveUp(update, 1, Now, TimeSpan.FromDays(2)));
    }

    [Fact]
    public void Without_a_limit_no_update_is_too_old() => Assert.False(Policy().IsTooOld(Poison, Now - TimeSpan.FromDays(400)));

    [Theory]
    [InlineData(-601, true)]
    [InlineData(-599, false)]
    public void An_update_is_too_old_by_the_date_of_its_event(int date, bool isTooOld)
    {
        ReceivedUpdate update = Parse($$$$"""{"update_id":1,"message":{"date":{{{{Now.ToUnixTimeSeconds() + date}}}},"chat":{"id":1}}}""");

        Assert.Equal(isTooOld, Policy(maxAge: 600).IsTooOld(update, firstSeenAt: Now));
    }

    [Fact]
    public void An_update_without_a_date_is_too_old_by_its_arrival()
    {
        ReceivedUpdate update = Parse("""{"update_id":1,"inline_query":{"id":"1","from":{"id":1}}}""");

        Assert.True(Policy(maxAge: 600).IsTooOld(update, Now - TimeSpan.FromSeconds(601)));
        Assert.False(Policy(maxAge: 600).IsTooOld(update, Now - TimeSpan.FromSeconds(599)));
    }

    private AttemptPolicy Policy(bool isParkingPossible = false, int maxAge = 0) => new(
        new DeliveryOptions { MaxUpdateAge = TimeSpan.FromSeconds(maxAge) }, new ParkingLimits(isParkingPossible), _time);

    private string? ReasonToGiveUp(ReceivedUpdate update, int attempt, int delay = 1) =>
        _policy.ReasonToGiveUp(update, attempt, Now, TimeSpan.FromSeconds(delay));

    private static ReceivedUpdate Parse(string json) => ReceivedUpdate.Parse(Encoding.UTF8.GetBytes(json));
}
