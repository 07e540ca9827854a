using System.Text;
using Azker.Core.Configuration;
using Azker.Core.Delivery;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Delivery;

public class AttemptPolicyTests
{
    private const string Expires = " It would have expired before its next attempt.";
    private const string Crowded = " Others had to wait for it.";

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
    public void An_update_is_tried_until_its_attempts_are_used_up(int attempt, string? why) =>
        Assert.Equal(why, WhyLast(Poison, attempt));

    [Theory]
    [InlineData(-86_400 + 60, 57, null)]
    [InlineData(-86_400 + 60, 58, null)]
    [InlineData(-86_400 + 60, 59, Expires)]
    [InlineData(-86_400 + 1, 0, Expires)]
    [InlineData(-60, 3600, null)]
    public void A_message_is_tried_again_only_within_24_hours_of_its_date(int date, int delay, string? why)
    {
        ReceivedUpdate update = Parse($$$$"""{"update_id":1,"message":{"date":{{{{Now.ToUnixTimeSeconds() + date}}}},"chat":{"id":1}}}""");

        Assert.Equal(why, WhyLast(update, attempt: 1, delay: delay));
    }

    [Fact]
    public void A_query_is_tried_again_only_within_its_seconds_from_when_it_came()
    {
        ReceivedUpdate update = Parse("""{"update_id":1,"inline_query":{"id":"1","from":{"id":1}}}""");
        DateTimeOffset firstSeenAt = Now;

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(_policy.WhyLast(update, 1, firstSeenAt, TimeSpan.FromSeconds(8), isCrowded: false));
        Assert.Equal(Expires, _policy.WhyLast(update, 1, firstSeenAt, TimeSpan.FromSeconds(9), isCrowded: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_600_000_000)]
    public void A_date_that_had_passed_before_the_update_came_says_nothing_since_the_clocks_differ(long date)
    {
        ReceivedUpdate update = Parse($$$$"""{"update_id":1,"message":{"date":{{{{date}}}},"chat":{"id":1}}}""");

        Assert.Null(WhyLast(update, attempt: 1, delay: 86_000));
        Assert.Equal(Expires, WhyLast(update, attempt: 1, delay: 86_400));
    }

    [Fact]
    public void An_update_that_others_wait_for_is_given_up_on_once_others_were_handled_beside_it()
    {
        _policy.Failed(Poison);
        Assert.Null(WhyLast(Poison, attempt: 2, isCrowded: true));

        _time.Advance(TimeSpan.FromSeconds(1));
        _policy.Handled(Other);

        Assert.Equal(Crowded, WhyLast(Poison, attempt: 2, isCrowded: true));
        Assert.Null(WhyLast(Poison, attempt: 1, isCrowded: true));
        Assert.Null(WhyLast(Poison, attempt: 2, isCrowded: false));
    }

    [Fact]
    public void What_was_handled_before_an_update_failed_says_nothing_of_it()
    {
        _policy.Handled(Other);
        _time.Advance(TimeSpan.FromSeconds(1));
        _policy.Failed(Poison);

        Assert.Null(WhyLast(Poison, attempt: 2, isCrowded: true));
    }

    [Fact]
    public void The_next_update_of_a_key_starts_anew()
    {
        _policy.Failed(Poison);
        _time.Advance(TimeSpan.FromSeconds(1));
        _policy.Handled(Other);
        _policy.GivenUp(Poison);
        _time.Advance(TimeSpan.FromSeconds(1));
        _policy.Failed(TestUpdates.Message(3, chat: 1));

        Assert.Null(WhyLast(TestUpdates.Message(3, chat: 1), attempt: 2, isCrowded: true));
    }

    [Fact]
    public void A_webhook_is_crowded_when_as_many_keys_fail_as_it_has_connections()
    {
        for (int chat = 1; chat <= 3; chat++)
        {
            Assert.False(_policy.IsWebhookCrowded);
            _policy.Failed(TestUpdates.Message(chat, chat));
            _policy.Failed(TestUpdates.Message(chat, chat));
        }

        Assert.True(_policy.IsWebhookCrowded);
        _policy.Handled(TestUpdates.Message(1, chat: 1));
        Assert.False(_policy.IsWebhookCrowded);
    }

    [Fact]
    public void Keys_whose_updates_do_not_come_again_are_forgotten()
    {
        for (int chat = 1; chat <= 3; chat++)
        {
            _policy.Failed(TestUpdates.Message(chat, chat));
        }

        _time.Advance(TimeSpan.FromMinutes(4));
        _policy.Failed(TestUpdates.Message(9, chat: 9));

        Assert.False(_policy.IsWebhookCrowded);
    }

    private string? WhyLast(ReceivedUpdate update, int attempt, int delay = 1, bool isCrowded = false) =>
        _policy.WhyLast(update, attempt, Now, TimeSpan.FromSeconds(delay), isCrowded);

    private static ReceivedUpdate Parse(string json) => ReceivedUpdate.Parse(Encoding.UTF8.GetBytes(json));
}
