using Azker.Core.Fallback;

namespace Azker.Core.Tests.Fallback;

public sealed class WebhookHealthPolicyTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private readonly WebhookHealthPolicy _policy = new(Grace);
    private readonly WebhookSamples _samples;

    public WebhookHealthPolicyTests() => _samples = new WebhookSamples(_policy);

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
    public void An_update_that_waits_for_the_claim_of_a_killed_worker_does_not_make_the_webhook_unhealthy()
    {
        _samples.Ours();

        Assert.All(
            Enumerable.Range(0, 13).Select(look => _samples.Ours(pending: 1, errorDate: 1000 + look, error: WebhookSamples.Busy)),
            health => Assert.Equal(WebhookCondition.Healthy, health.Condition));
    }

    [Fact]
    public void Busy_answers_make_the_webhook_unhealthy_while_the_number_of_pending_updates_keeps_growing()
    {
        _samples.Ours();
        _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.Busy);

        WebhookHealth[] results = [.. Enumerable.Range(2, 7).Select(look => _samples.Ours(pending: look, errorDate: 1000 + look, error: WebhookSamples.Busy))];

        Assert.All(results, health => Assert.Equal(WebhookCondition.Unhealthy, health.Condition));
        Assert.Equal($"Updates are pending, and Telegram reports: {WebhookSamples.Busy}.", results[0].Reason);
        Assert.Equal(Grace, results[^1].UnhealthyFor);
    }

    [Theory]
    [InlineData(WebhookSamples.Busy)]
    [InlineData(WebhookSamples.HandlerFailed)]
    public void A_number_of_pending_updates_that_has_grown_once_is_no_evidence_for_as_long_as_the_grace(string error)
    {
        _samples.Ours();
        _samples.Ours(pending: 1, errorDate: 1000, error: error);

        Assert.All(
            Enumerable.Range(2, 12).Select(look => _samples.Ours(pending: 2, errorDate: 1000 + look, error: error)),
            health => Assert.True(health.UnhealthyFor < Grace));
    }

    [Theory]
    [InlineData(WebhookSamples.Busy)]
    [InlineData(WebhookSamples.HandlerFailed)]
    public void Updates_in_flight_beside_one_that_waits_for_a_claim_are_no_evidence(string error)
    {
        int[] pending = [1, 3, 2, 2, 5, 2, 3, 4, 2, 3, 3, 2, 6, 4, 4, 5];

        Assert.All(
            pending.Select((count, look) => _samples.Ours(pending: count, errorDate: 1000 + look, error: error)),
            health => Assert.True(health.UnhealthyFor < Grace));
    }

    [Fact]
    public void The_number_of_pending_updates_must_be_above_its_minimum_over_the_grace_and_not_only_above_the_last_one()
    {
        _samples.Ours();
        _samples.Ours(pending: 3, errorDate: 1000, error: WebhookSamples.Busy);
        _samples.Ours(pending: 2, errorDate: 1001, error: WebhookSamples.Busy);
        _samples.Ours(pending: 4, errorDate: 1002, error: WebhookSamples.Busy);

        // A webhook that answers 503 to all updates and whose queries expire: the number decreased at an earlier look, but not to the minimum.
        _samples.Ours(pending: 3, errorDate: 1003, error: WebhookSamples.Busy);
        Assert.Equal(WebhookCondition.Unhealthy, _samples.Ours(pending: 3, errorDate: 1004, error: WebhookSamples.Busy).Condition);
    }

    [Fact]
    public void Busy_answers_of_a_target_that_is_not_known_to_be_healthy_count_at_once()
    {
        _samples.Ours();

        Assert.Equal(
            WebhookCondition.Unhealthy,
            _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.Busy, target: WebhookSamples.Unreachable).Condition);
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
    public void After_a_failback_the_first_bad_look_starts_a_new_grace()
    {
        _samples.Ours(target: WebhookSamples.Unhealthy);
        _samples.Ours(target: WebhookSamples.Unhealthy);

        _policy.StartAgain();

        Assert.Equal(TimeSpan.Zero, _samples.Ours(target: WebhookSamples.Unhealthy).UnhealthyFor);
        Assert.Equal(TimeSpan.FromSeconds(10), _samples.Ours(target: WebhookSamples.Unhealthy).UnhealthyFor);
    }

    [Fact]
    public void After_a_failback_the_errors_of_the_outage_before_it_are_no_evidence()
    {
        _samples.Ours();
        _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.Refused);

        _policy.StartAgain();

        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.Refused).Condition);
        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.Refused).Condition);
        Assert.Equal(WebhookCondition.Unhealthy, _samples.Ours(pending: 1, errorDate: 1010, error: WebhookSamples.Refused).Condition);
    }

    [Fact]
    public void An_error_that_the_server_no_longer_reports_is_no_evidence_because_the_webhook_was_set_again()
    {
        _samples.Ours();
        _samples.Ours(pending: 1, errorDate: 1000, error: WebhookSamples.Refused);

        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 1).Condition);
        Assert.Equal(WebhookCondition.Healthy, _samples.Ours(pending: 1).Condition);
    }

    [Fact]
    public void The_grace_of_a_webhook_that_was_set_again_between_two_looks_starts_again()
    {
        _samples.Ours(errorDate: 1000, error: WebhookSamples.Refused, target: WebhookSamples.Unhealthy);
        _samples.Ours(errorDate: 1000, error: WebhookSamples.Refused, target: WebhookSamples.Unhealthy);

        Assert.Equal(TimeSpan.Zero, _samples.Ours(target: WebhookSamples.Unhealthy).UnhealthyFor);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void An_error_without_a_text_has_a_reason_all_the_same(string? error)
    {
        _samples.Ours();

        Assert.Equal(
            "Updates are pending, and Telegram reports a failed delivery without a reason.",
            _samples.Ours(pending: 1, errorDate: 1000, error: error).Reason);
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
