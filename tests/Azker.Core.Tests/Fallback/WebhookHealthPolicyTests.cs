using Azker.Core.Fallback;

namespace Azker.Core.Tests.Fallback;

public sealed class WebhookHealthPolicyTests
{
    private readonly WebhookSamples _samples = new(new WebhookHealthPolicy());

    [Fact]
    public void A_webhook_without_errors_and_with_a_healthy_target_is_healthy()
    {
        Assert.Equal(WebhookCondition.Healthy, _samples.Ours().Condition);
        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 3).Condition);
        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 1).Condition);
    }

    [Fact]
    public void An_old_error_does_not_count_because_no_success_clears_it()
    {
        _samples.Ours(errorDate: 1000, error: WebhookSamples.Refused);

        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(errorDate: 1000, error: WebhookSamples.Refused).Condition);
    }

    [Fact]
    public void New_errors_while_updates_are_pending_count_from_their_first_sample()
    {
        _samples.Ours();

        WebhookHealth first = _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.Refused);
        Assert.Equal((WebhookCondition.Unhealthy, TimeSpan.Zero), (first.Condition, first.UnhealthyFor));
        Assert.Equal($"Updates are pending, and Telegram reports: {WebhookSamples.Refused}.", first.Reason);
        Assert.Equal(TimeSpan.FromSeconds(10), _samples.Ours(pending: 1, errorDate: 1004, error: WebhookSamples.Refused).UnhealthyFor);
        Assert.Equal(TimeSpan.FromSeconds(20), _samples.Ours(pending: 4, errorDate: 1004, error: WebhookSamples.Refused).UnhealthyFor);
    }

    [Fact]
    public void A_webhook_that_Telegram_cannot_reach_is_unhealthy_although_its_target_is_healthy()
    {
        _samples.Ours();

        Assert.Equal(WebhookCondition.Unhealthy, _samples.Ours(pending: 1, errorDate: 1000, error: "Connection timed out", target: WebhookSamples.Healthy).Condition);
    }

    [Fact]
    public void Pending_updates_whose_number_decreases_are_being_delivered()
    {
        _samples.Ours();
        _samples.Ours(pending: 9, errorDate: 1000, error: WebhookSamples.Refused);

        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 5, errorDate: 1000, error: WebhookSamples.Refused).Condition);
    }

    [Fact]
    public void An_error_is_over_when_none_followed_for_longer_than_Telegram_waits_between_two_deliveries()
    {
        _samples.Ours();
        _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.Refused);
        WebhookHealth last = default;
        for (int sample = 0; sample < 20; sample++)
        {
            last = _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.Refused);
        }

        Assert.Equal(new WebhookHealth(WebhookCondition.Degraded, Reason: "Updates are pending, and their number does not decrease."), last);
    }

    [Fact]
    public void A_handler_that_fails_for_one_chat_does_not_make_the_webhook_unhealthy()
    {
        _samples.Ours();

        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.HandlerFailed).Condition);
        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 1, errorDate: 1010, error: WebhookSamples.HandlerFailed).Condition);
    }

    [Fact]
    public void Handlers_that_fail_while_more_and_more_updates_are_pending_make_the_webhook_unhealthy()
    {
        _samples.Ours();
        _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.HandlerFailed);

        Assert.Equal(WebhookCondition.Unhealthy, _samples.Ours(pending: 7, errorDate: 1010, error: WebhookSamples.HandlerFailed).Condition);
    }

    [Fact]
    public void A_target_that_reports_no_receiving_makes_the_webhook_unhealthy()
    {
        Assert.Equal(WebhookCondition.Unhealthy, _samples.Ours(target: WebhookSamples.Unhealthy).Condition);
        Assert.Equal(new WebhookHealth(WebhookCondition.Unhealthy, TimeSpan.FromSeconds(10), WebhookSamples.Unhealthy.Reason), _samples.Ours(target: WebhookSamples.Unhealthy));
    }

    [Fact]
    public void An_unreachable_target_only_degrades_the_webhook_while_no_update_is_pending()
    {
        Assert.Equal(WebhookCondition.Degraded, _samples.Ours(target: WebhookSamples.Unreachable).Condition);
        Assert.Equal(WebhookCondition.Degraded, _samples.Ours(target: WebhookSamples.Unreachable).Condition);

        _samples.Ours(pending: 2, target: WebhookSamples.Unreachable);
        WebhookHealth waiting = _samples.Ours(pending: 2, target: WebhookSamples.Unreachable);
        Assert.Equal(WebhookCondition.Unhealthy, waiting.Condition);
        Assert.Equal($"Updates are pending. {WebhookSamples.Unreachable.Reason}", waiting.Reason);
    }

    [Fact]
    public void Pending_updates_whose_number_never_decreases_degrade_the_webhook_without_an_error()
    {
        WebhookHealth[] results = [.. Enumerable.Range(0, 30).Select(_ => _samples.Ours(pending: 5))];

        Assert.All(results[..16], health => Assert.Equal(WebhookCondition.Healthy, health.Condition));
        Assert.All(results[16..], health => Assert.Equal(new WebhookHealth(WebhookCondition.Degraded, Reason: "Updates are pending, and their number does not decrease."), health));
    }

    [Fact]
    public void The_time_of_a_missing_webhook_counts_from_when_it_became_unhealthy()
    {
        _samples.Ours(target: WebhookSamples.Unhealthy);

        WebhookHealth missing = _samples.Missing();
        Assert.Equal((WebhookCondition.Missing, TimeSpan.FromSeconds(10)), (missing.Condition, missing.UnhealthyFor));
    }

    [Fact]
    public void The_grace_of_a_webhook_that_is_registered_again_starts_again()
    {
        _samples.Ours(target: WebhookSamples.Unhealthy);
        _samples.Missing();

        Assert.Equal(TimeSpan.Zero, _samples.Ours(target: WebhookSamples.Unhealthy).UnhealthyFor);
    }

    [Fact]
    public void A_sample_without_an_answer_neither_adds_a_fault_nor_ends_one()
    {
        _samples.Ours(target: WebhookSamples.Unhealthy);

        Assert.Equal(WebhookCondition.Unknown, _samples.Unknown().Condition);
        Assert.Equal(TimeSpan.FromSeconds(20), _samples.Ours(target: WebhookSamples.Unhealthy).UnhealthyFor);
    }

    [Fact]
    public void A_healthy_sample_restarts_the_count()
    {
        _samples.Ours(target: WebhookSamples.Unhealthy);
        _samples.Ours();

        Assert.Equal(TimeSpan.Zero, _samples.Ours(target: WebhookSamples.Unhealthy).UnhealthyFor);
    }

    [Fact]
    public void Another_webhook_is_foreign() => Assert.Equal(WebhookCondition.Foreign, _samples.Foreign().Condition);
}
