using Azker.Core.Delivery;
using Azker.Core.Tests.Delivery;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Telegram.Bot.Exceptions;

namespace Azker.Core.Tests.Telemetry;

public sealed class UpdateMetricsTests : UpdateDeliveryTest
{
    private readonly MetricRecorder _metrics;

    public UpdateMetricsTests() => _metrics = new MetricRecorder(_meter.Meter);

    [Fact]
    public async Task A_settled_update_and_its_duplicate_are_counted_by_kind_and_outcome()
    {
        UpdateDelivery delivery = Delivery(_ => Task.CompletedTask);

        await delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);
        await delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);

        Assert.Equal(
            ["azker.update.kind=message azker.update.outcome=duplicate: 1", "azker.update.kind=message azker.update.outcome=settled: 1"], _metrics.Sums("azker.updates"));
        Assert.Equal(0, _metrics.Sum("azker.updates.in_flight"));
        Assert.Equal(2, _metrics.Of("azker.updates.in_flight").Count(entry => entry.Value == 1));
        Assert.True(_metrics.AllHaveTheBot);
    }

    [Fact]
    public async Task An_update_is_in_flight_while_it_waits_for_its_lane()
    {
        var end = new TaskCompletionSource();
        UpdateDelivery delivery = Delivery(_ => end.Task);

        Task<bool>[] deliveries = [.. Enumerable.Range(1, 3).Select(id => delivery.DeliverAsync(TestUpdates.Message(id), Epoch, _stop.Token))];

        await Eventually.IsTrue(() => _metrics.Sum("azker.updates.in_flight") == 3, "all are in flight");
        end.SetResult();
        await Task.WhenAll(deliveries);
        Assert.Equal(0, _metrics.Sum("azker.updates.in_flight"));
    }

    [Fact]
    public async Task An_update_that_is_too_old_is_counted_as_such_and_has_no_attempt()
    {
        UpdateDelivery delivery = Delivery(_ => Task.CompletedTask, configure: options => options.MaxUpdateAge = TimeSpan.FromSeconds(600));

        await delivery.DeliverAsync(TestUpdates.Message(1, date: _time.GetUtcNow().AddSeconds(-601)), Epoch, _stop.Token);

        Assert.Equal(["azker.update.kind=message azker.update.outcome=too_old: 1"], _metrics.Sums("azker.updates"));
        Assert.Empty(_metrics.Of("azker.handler.duration"));
    }

    [Fact]
    public async Task A_refused_update_is_counted_and_its_attempt_names_the_type_of_the_exception()
    {
        UpdateDelivery delivery = Delivery(_ => throw new ApiRequestException("Forbidden: bot was blocked by the user", 403));

        await delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);

        Assert.Equal(["azker.update.kind=message azker.update.outcome=refused: 1"], _metrics.Sums("azker.updates"));
        Assert.Equal(
            "azker.update.kind=message azker.handler.outcome=failed error.type=Telegram.Bot.Exceptions.ApiRequestException",
            Assert.Single(_metrics.Of("azker.handler.duration")).Tags);
    }

    [Fact]
    public async Task Each_failed_attempt_has_its_duration_and_the_update_is_dead_once()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery(_ => throw new InvalidOperationException("broken"), configure: options => options.MaxAttempts = 3);

        await Settle(delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token));

        Assert.Equal(3, _metrics.Of("azker.handler.duration").Count);
        Assert.Equal(["azker.update.kind=message azker.update.outcome=dead: 1"], _metrics.Sums("azker.updates"));
        Assert.Equal(["azker.update.kind=message: 1"], _metrics.Sums("azker.dead_letters"));
    }

    [Fact]
    public async Task A_parked_update_is_counted_when_it_is_stored_and_again_when_it_is_settled()
    {
        await TestThread.Enter();
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        UpdateDelivery delivery = Delivery(_ => end.Task);

        Task<AttemptResult> push = delivery.PushAsync(TestUpdates.Message(1), _stop.Token);
        await _time.PassUntil(() => push.IsCompleted, "the update is parked");
        Assert.Equal(["azker.update.kind=message azker.update.outcome=parked: 1"], _metrics.Sums("azker.updates"));
        Assert.Equal(1, _metrics.Observe("azker.updates.parked"));
        end.SetResult();
        await Eventually.IsTrue(() => _store.Ids.Count == 0 && _metrics.Of("azker.updates").Count == 2, "the update is settled");

        Assert.Equal(
            ["azker.update.kind=message azker.update.outcome=parked: 1", "azker.update.kind=message azker.update.outcome=settled: 1"], _metrics.Sums("azker.updates"));
        Assert.Equal(0, _metrics.Observe("azker.updates.parked"));
    }

    [Fact]
    public async Task Latency_counts_from_the_date_of_the_update_and_is_never_negative()
    {
        _time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(57));
        UpdateDelivery delivery = Delivery(_ => Task.CompletedTask);

        await delivery.DeliverAsync(TestUpdates.Message(1, date: _time.GetUtcNow().AddSeconds(-4)), Epoch, _stop.Token);
        await delivery.DeliverAsync(TestUpdates.Message(2, date: _time.GetUtcNow().AddSeconds(4)), Epoch, _stop.Token);
        await delivery.DeliverAsync(ReceivedUpdate.Parse("""{"update_id":3,"callback_query":{"from":{"id":1}}}"""u8.ToArray()), Epoch, _stop.Token);

        Assert.Equal([(4, "azker.update.kind=message"), (0, "azker.update.kind=message")], _metrics.Of("azker.update.latency"));
    }

    [Fact]
    public async Task A_kind_that_Azker_does_not_know_makes_no_series_of_its_own()
    {
        UpdateDelivery delivery = Delivery(_ => Task.CompletedTask);

        await delivery.DeliverAsync(ReceivedUpdate.Parse("""{"update_id":3,"brand_new":{}}"""u8.ToArray()), Epoch, _stop.Token);

        Assert.Equal(["azker.update.kind=_OTHER azker.update.outcome=settled: 1"], _metrics.Sums("azker.updates"));
    }
}
