using Azker.Core.Fallback;

namespace Azker.Core.Tests.Fallback;

public sealed class WebhookHealthPolicyTests
{
    private readonly Samples _samples = new(new WebhookHealthPolicy());

    [Fact]
    public void A_webhook_without_errors_whose_program_is_well_is_well()
    {
        Assert.Equal(WebhookCondition.Healthy, _samples.Ours().Condition);
        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 3).Condition);
        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 1).Condition);
    }

    [Fact]
    public void An_error_of_long_ago_says_nothing_since_no_success_clears_it()
    {
        _samples.Ours(errorDate: 1000, error: Samples.Refused);

        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(errorDate: 1000, error: Samples.Refused).Condition);
    }

    [Fact]
    public void New_errors_while_updates_wait_are_counted_from_their_first_sample()
    {
        _samples.Ours();

        WebhookVerdict first = _samples.Ours(pending: 1, errorDate: 1000, error: Samples.Refused);
        Assert.Equal((WebhookCondition.Unhealthy, TimeSpan.Zero), (first.Condition, first.For));
        Assert.Equal($"updates wait, and Telegram reports: {Samples.Refused}", first.Reason);
        Assert.Equal(TimeSpan.FromSeconds(10), _samples.Ours(pending: 1, errorDate: 1004, error: Samples.Refused).For);
        Assert.Equal(TimeSpan.FromSeconds(20), _samples.Ours(pending: 4, errorDate: 1004, error: Samples.Refused).For);
    }

    [Fact]
    public void Telegram_unable_to_reach_it_counts_though_its_program_says_that_it_is_well()
    {
        _samples.Ours();

        Assert.Equal(WebhookCondition.Unhealthy, _samples.Ours(pending: 1, errorDate: 1000, error: "Connection timed out", target: Samples.Well).Condition);
    }

    [Fact]
    public void Updates_that_become_fewer_are_being_delivered()
    {
        _samples.Ours();
        _samples.Ours(pending: 9, errorDate: 1000, error: Samples.Refused);

        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 5, errorDate: 1000, error: Samples.Refused).Condition);
    }

    [Fact]
    public void An_error_is_over_when_none_followed_for_longer_than_Telegram_waits_between_two_tries()
    {
        _samples.Ours();
        _samples.Ours(pending: 1, errorDate: 1000, error: Samples.Refused);
        WebhookVerdict last = default;
        for (int sample = 0; sample < 20; sample++)
        {
            last = _samples.Ours(pending: 1, errorDate: 1000, error: Samples.Refused);
        }

        Assert.Equal(new WebhookVerdict(WebhookCondition.Degraded, Reason: "updates wait, and do not become fewer"), last);
    }

    [Fact]
    public void A_handler_that_fails_for_one_chat_does_not_make_the_webhook_unwell()
    {
        _samples.Ours();

        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 1, errorDate: 1000, error: Samples.HandlerFailed).Condition);
        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 1, errorDate: 1010, error: Samples.HandlerFailed).Condition);
    }

    [Fact]
    public void Handlers_that_fail_while_ever_more_updates_wait_do()
    {
        _samples.Ours();
        _samples.Ours(pending: 1, errorDate: 1000, error: Samples.HandlerFailed);

        Assert.Equal(WebhookCondition.Unhealthy, _samples.Ours(pending: 7, errorDate: 1010, error: Samples.HandlerFailed).Condition);
    }

    [Fact]
    public void A_program_that_says_it_does_not_receive_is_believed()
    {
        Assert.Equal(WebhookCondition.Unhealthy, _samples.Ours(target: Samples.Unwell).Condition);
        Assert.Equal(new WebhookVerdict(WebhookCondition.Unhealthy, TimeSpan.FromSeconds(10), Samples.Unwell.Reason), _samples.Ours(target: Samples.Unwell));
    }

    [Fact]
    public void A_program_that_cannot_be_reached_from_here_is_only_doubtful_as_long_as_no_update_waits()
    {
        Assert.Equal(WebhookCondition.Degraded, _samples.Ours(target: Samples.Unreachable).Condition);
        Assert.Equal(WebhookCondition.Degraded, _samples.Ours(target: Samples.Unreachable).Condition);

        _samples.Ours(pending: 2, target: Samples.Unreachable);
        WebhookVerdict waiting = _samples.Ours(pending: 2, target: Samples.Unreachable);
        Assert.Equal(WebhookCondition.Unhealthy, waiting.Condition);
        Assert.Equal($"updates wait, and {Samples.Unreachable.Reason}", waiting.Reason);
    }

    [Fact]
    public void Pending_updates_that_never_shrink_without_an_error_are_doubtful_and_said()
    {
        WebhookVerdict[] verdicts = [.. Enumerable.Range(0, 30).Select(_ => _samples.Ours(pending: 5))];

        Assert.All(verdicts[..16], verdict => Assert.Equal(WebhookCondition.Healthy, verdict.Condition));
        Assert.All(verdicts[16..], verdict => Assert.Equal(new WebhookVerdict(WebhookCondition.Degraded, Reason: "updates wait, and do not become fewer"), verdict));
    }

    [Fact]
    public void A_missing_webhook_is_counted_on_from_when_it_was_unwell()
    {
        _samples.Ours(target: Samples.Unwell);

        WebhookVerdict missing = _samples.Missing();
        Assert.Equal((WebhookCondition.Missing, TimeSpan.FromSeconds(10)), (missing.Condition, missing.For));
    }

    [Fact]
    public void A_webhook_that_is_registered_again_has_the_grace_anew()
    {
        _samples.Ours(target: Samples.Unwell);
        _samples.Missing();

        Assert.Equal(TimeSpan.Zero, _samples.Ours(target: Samples.Unwell).For);
    }

    [Fact]
    public void A_sample_without_an_answer_neither_counts_nor_cures()
    {
        _samples.Ours(target: Samples.Unwell);

        Assert.Equal(WebhookCondition.Unknown, _samples.Unknown().Condition);
        Assert.Equal(TimeSpan.FromSeconds(20), _samples.Ours(target: Samples.Unwell).For);
    }

    [Fact]
    public void A_good_sample_begins_the_count_anew()
    {
        _samples.Ours(target: Samples.Unwell);
        _samples.Ours();

        Assert.Equal(TimeSpan.Zero, _samples.Ours(target: Samples.Unwell).For);
    }

    [Fact]
    public void Another_webhook_is_foreign() => Assert.Equal(WebhookCondition.Foreign, _samples.Foreign().Condition);
}
