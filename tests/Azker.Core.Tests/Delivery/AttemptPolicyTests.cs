using System.Text;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery;

public class AttemptPolicyTests
{
    private const string WouldExpire = " It would have expired before its next attempt.";
    private const string BlockedOthers = " Other updates had to wait for it.";

    private static readonly ReceivedUpdate Poison = TestUpdates.Message(1, chat: 1);
    private static readonly ReceivedUpdate Other = TestUpdates.Message(2, chat: 2);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly AttemptPolicy _policy;

    public AttemptPolicyTests() => _policy = new AttemptPolicy(
        new DeliveryOptions(), Settings.Read((SettingNames.WebhookMaxConnections, "3")).Webhook, _time);

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
        Assert.Null(_policy.ReasonToGiveUp(update, 1, firstSeenAt, TimeSpan.FromSeconds(8), blocksOthers: false));
        Assert.Equal(WouldExpire, _policy.ReasonToGiveUp(update, 1, firstSeenAt, TimeSpan.FromSeconds(9), blocksOthers: false));
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
    public void An_update_that_blocks_others_is_given_up_on_once_others_have_been_handled()
    {
        _policy.Failed(Poison);
        Assert.Null(ReasonToGiveUp(Poison, attempt: 2, blocksOthers: true));

        _time.Advance(TimeSpan.FromSeconds(1));
        _policy.Handled(Other);

        Assert.Equal(BlockedOthers, ReasonToGiveUp(Poison, attempt: 2, blocksOthers: true));
        Assert.Null(ReasonToGiveUp(Poison, attempt: 1, blocksOthers: true));
        Assert.Null(ReasonToGiveUp(Poison, attempt: 2, blocksOthers: false));
    }

    [Fact]
    public void An_update_that_was_handled_before_the_failure_is_no_reason_to_give_up()
    {
        _policy.Handled(Other);
        _time.Advance(TimeSpan.FromSeconds(1));
        _policy.Failed(Poison);

        Assert.Null(ReasonToGiveUp(Poison, attempt: 2, blocksOthers: true));
    }

    [Fact]
    public void The_next_update_of_a_key_starts_again()
    {
        _policy.Failed(Poison);
        _time.Advance(TimeSpan.FromSeconds(1));
        _policy.Handled(Other);
        _policy.GivenUp(Poison);
        _time.Advance(TimeSpan.FromSeconds(1));
        _policy.Failed(TestUpdates.Message(3, chat: 1));

        Assert.Null(ReasonToGiveUp(TestUpdates.Message(3, chat: 1), attempt: 2, blocksOthers: true));
    }

    [Fact]
    public void A_webhook_is_blocked_when_as_many_keys_fail_as_it_has_connections()
    {
        for (int chat = 1; chat <= 3; chat++)
        {
            Assert.False(_policy.IsWebhookBlocked);
            _policy.Failed(TestUpdates.Message(chat, chat));
            _policy.Failed(TestUpdates.Message(chat, chat));
        }

        Assert.True(_policy.IsWebhookBlocked);
        _policy.Handled(TestUpdates.Message(1, chat: 1));
        Assert.False(_policy.IsWebhookBlocked);
    }

    [Fact]
    public void Keys_whose_updates_are_not_delivered_again_are_forgotten()
    {
        for (int chat = 1; chat <= 3; chat++)
        {
            _policy.Failed(TestUpdates.Message(chat, chat));
        }

        _time.Advance(TimeSpan.FromMinutes(4));
        _policy.Failed(TestUpdates.Message(9, chat: 9));

        Assert.False(_policy.IsWebhookBlocked);
    }

    private string? ReasonToGiveUp(ReceivedUpdate update, int attempt, int delay = 1, bool blocksOthers = false) =>
        _policy.ReasonToGiveUp(update, attempt, Now, TimeSpan.FromSeconds(delay), blocksOthers);

    private static ReceivedUpdate Parse(string json) => ReceivedUpdate.Parse(Encoding.UTF8.GetBytes(json));
}
