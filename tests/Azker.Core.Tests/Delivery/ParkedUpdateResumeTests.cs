using Azker.Core.Delivery;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Delivery;

/// <summary>Parked updates of earlier runs and of other instances are read from the store and handled, and nothing overtakes them.</summary>
public sealed class ParkedUpdateResumeTests : UpdateDeliveryTest
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<int> _handled = [];

    private DeliveryContext Context => new(Epoch, () => true, _stop.Token, TestContext.Current.CancellationToken);

    [Fact]
    public async Task The_next_process_goes_on_with_parked_updates_in_the_order_of_their_arrival()
    {
        foreach (int id in new[] { 4, 5, 3 })
        {
            await _store.WriteAsync(Parked(id, chat: 1), _stop.Token);
        }

        UpdateDelivery delivery = Delivery(Handle);
        IReadOnlyList<InFlightUpdate> resumed = await delivery.ResumeAsync(Context);
        InFlightUpdate next = delivery.Begin(TestUpdates.Message(6, chat: 1), Context);

        await Eventually.Completes(Task.WhenAll(resumed.Append(next).Select(update => update.Ended)));
        Assert.Equal([3, 4, 5, 6], _handled);
        Assert.Empty(_store.Ids);
    }

    [Fact]
    public async Task The_first_pushed_update_comes_after_the_parked_updates_of_its_lane()
    {
        await _store.WriteAsync(Parked(1, chat: 1), _stop.Token);
        UpdateDelivery delivery = Delivery(Handle);

        await Eventually.Completes(delivery.PushAsync(TestUpdates.Message(2, chat: 1), _stop.Token));

        Assert.Equal([1, 2], _handled);
    }

    [Fact]
    public async Task A_pushed_update_after_a_pause_of_30_s_comes_after_the_updates_that_another_instance_has_parked_meanwhile()
    {
        UpdateDelivery delivery = Delivery(Handle);
        await Eventually.Completes(delivery.PushAsync(TestUpdates.Message(1, chat: 1), _stop.Token));
        await _store.WriteAsync(Parked(2, chat: 1), _stop.Token);
        _time.Advance(TimeSpan.FromSeconds(31));

        await Eventually.Completes(delivery.PushAsync(TestUpdates.Message(3, chat: 1), _stop.Token));

        Assert.Equal([1, 2, 3], _handled);
    }

    [Fact]
    public async Task A_pushed_update_does_not_overtake_a_parked_update_that_this_instance_has_left()
    {
        UpdateClaim elsewhere = await Claim(1);
        await _store.WriteAsync(Parked(1, chat: 1), _stop.Token);
        UpdateDelivery delivery = Delivery(Handle);
        DeliveryContext withoutLock = Context with { Epoch = null };

        Assert.Equal(AttemptOutcome.Parked, (await Eventually.Completes(delivery.PushAsync(TestUpdates.Message(2, chat: 1), _stop.Token))).Outcome);
        Assert.Equal(AttemptOutcome.Settled, (await Eventually.Completes(delivery.PushAsync(TestUpdates.Message(3, chat: 3), _stop.Token))).Outcome);
        Assert.Equal([1, 2], _store.Ids);
        await _ledger.ReleaseAsync(elsewhere, hasFailed: false, _stop.Token);
        await ResumeUntil(() => _store.Ids.Count == 0, delivery, withoutLock);

        Assert.Equal([3, 1, 2], _handled);
        Assert.Equal(AttemptOutcome.Settled, (await Eventually.Completes(delivery.PushAsync(TestUpdates.Message(4, chat: 1), _stop.Token))).Outcome);
    }

    [Fact]
    public async Task While_the_store_is_down_a_pushed_update_waits_with_Telegram_behind_a_parked_update_that_this_instance_has_left()
    {
        await Claim(1);
        await _store.WriteAsync(Parked(1, chat: 1), _stop.Token);
        UpdateDelivery delivery = Delivery(Handle);
        await Eventually.Completes(delivery.PushAsync(TestUpdates.Message(2, chat: 1), _stop.Token));
        _store.IsDown = true;

        Assert.Equal(AttemptOutcome.Unavailable, (await Eventually.Completes(delivery.PushAsync(TestUpdates.Message(3, chat: 1), _stop.Token))).Outcome);

        Assert.Empty(_handled);
    }

    [Fact]
    public async Task A_parked_update_that_was_settled_before_the_crash_is_removed_and_not_handled_again()
    {
        await _ledger.SettleAsync(await Claim(1), _stop.Token);
        await _store.WriteAsync(Parked(1), _stop.Token);

        await Task.WhenAll((await Refusing().ResumeAsync(Context)).Select(update => Eventually.Completes(update.Ended)));

        Assert.Empty(_store.Ids);
    }

    [Fact]
    public async Task A_webhook_leaves_the_lane_of_an_update_that_another_instance_is_processing()
    {
        UpdateClaim elsewhere = await Claim(1);
        await _store.WriteAsync(Parked(1, chat: 1), _stop.Token);
        await _store.WriteAsync(Parked(2, chat: 1), _stop.Token);
        UpdateDelivery delivery = Delivery(Handle);
        DeliveryContext withoutLock = Context with { Epoch = null };

        await Task.WhenAll((await delivery.ResumeAsync(withoutLock)).Select(update => Eventually.Completes(update.Ended)));
        Assert.Empty(_handled);
        Assert.Equal([1, 2], _store.Ids);

        await _ledger.ReleaseAsync(elsewhere, hasFailed: false, _stop.Token);
        await Task.WhenAll((await delivery.ResumeAsync(withoutLock)).Select(update => Eventually.Completes(update.Ended)));
        Assert.Equal([1, 2], _handled);
    }

    [Fact]
    public async Task A_parked_update_that_was_left_is_forgotten_when_another_instance_has_settled_it()
    {
        await Claim(1);
        await _store.WriteAsync(Parked(1, chat: 1), _stop.Token);
        UpdateDelivery delivery = Delivery(Handle);
        DeliveryContext withoutLock = Context with { Epoch = null };
        await Task.WhenAll((await delivery.ResumeAsync(withoutLock)).Select(update => Eventually.Completes(update.Ended)));
        Assert.True(_parkedLanes.Any);

        await _store.RemoveAsync(1, _stop.Token);
        await delivery.ResumeAsync(withoutLock);

        Assert.False(_parkedLanes.Any);
    }

    [Fact]
    public async Task An_update_that_another_instance_parks_while_it_waits_here_is_read_again_after_the_lock_was_lost()
    {
        bool isHeld = true;
        UpdateDelivery delivery = Delivery(HandleUntilEnd);
        DeliveryContext polling = Context with { IsHeld = () => isHeld };
        delivery.Begin(TestUpdates.Message(1, chat: 1), polling);
        InFlightUpdate waiting = delivery.Begin(TestUpdates.Message(2, chat: 1), polling);
        await _store.WriteAsync(Parked(2, chat: 1), _stop.Token);
        Assert.Equal([waiting], await delivery.ResumeAsync(Context));
        await Eventually.IsTrue(() => _handled.Count == 1, "the handler of the first runs");

        isHeld = false;
        _end.SetResult();
        Assert.Equal(AttemptOutcome.Cancelled, (await Eventually.Completes(waiting.Ended)).Outcome);
        InFlightUpdate again = Assert.Single(await delivery.ResumeAsync(Context));

        await Eventually.Completes(again.Ended);
        Assert.Equal([1, 2], _handled);
        Assert.Empty(_store.Ids);
    }

    [Fact]
    public async Task Parked_updates_keep_the_order_of_their_ids_when_the_clocks_of_the_instances_differ_and_after_a_break_of_a_week_the_order_of_their_arrival()
    {
        await _store.WriteAsync(Parked(11, chat: 1, arrivedAt: 4000), _stop.Token);
        await _store.WriteAsync(Parked(12, chat: 1, arrivedAt: 1), _stop.Token);
        await _store.WriteAsync(Parked(3, chat: 1, arrivedAt: 7 * 24 * 3600), _stop.Token);

        await Task.WhenAll((await Delivery(Handle).ResumeAsync(Context)).Select(update => Eventually.Completes(update.Ended)));

        Assert.Equal([11, 12, 3], _handled);
    }

    [Fact]
    public async Task A_poller_waits_for_a_parked_update_that_another_instance_is_processing()
    {
        await Claim(1);
        await _store.WriteAsync(Parked(1, chat: 1), _stop.Token);
        UpdateDelivery delivery = Delivery(Handle);
        InFlightUpdate parked = Assert.Single(await delivery.ResumeAsync(Context));
        InFlightUpdate behind = delivery.Begin(TestUpdates.Message(2, chat: 1), Context);

        await _time.PassUntil(() => behind.Ended.IsCompleted, "the claim of the dead instance ends");

        Assert.True(parked.Ended.IsCompleted);
        Assert.Equal([1, 2], _handled);
    }

    [Fact]
    public async Task An_update_is_not_tried_before_the_time_for_which_Telegram_asked()
    {
        await TestThread.Enter();
        DateTimeOffset notBefore = _time.GetUtcNow() + TimeSpan.FromSeconds(90);
        await _store.WriteAsync(Parked(1) with { NotBefore = notBefore }, _stop.Token);
        InFlightUpdate update = Assert.Single(await Delivery(Handle).ResumeAsync(Context));

        await _time.PassUntil(() => update.Ended.IsCompleted, "the update is handled");

        Assert.InRange(_time.GetUtcNow() - notBefore, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task After_the_clock_was_set_back_an_update_does_not_wait_until_the_clock_is_right_again()
    {
        await TestThread.Enter();
        DateTimeOffset now = _time.GetUtcNow();
        await _store.WriteAsync(Parked(1) with { StoredAt = now.AddHours(2), NotBefore = now.AddHours(2).AddSeconds(90) }, _stop.Token);
        InFlightUpdate update = Assert.Single(await Delivery(Handle).ResumeAsync(Context));

        Assert.True((await Eventually.Completes(update.Ended)).IsSettled);
    }

    [Fact]
    public async Task A_parked_update_that_Telegram_delivers_again_is_confirmed_while_its_handler_runs()
    {
        await _store.WriteAsync(Parked(1, chat: 1), _stop.Token);
        UpdateDelivery delivery = Delivery(HandleUntilEnd);
        await delivery.ResumeAsync(Context);

        InFlightUpdate polled = delivery.Begin(TestUpdates.Message(1, chat: 1), Context);

        Assert.True(await Eventually.Completes(polled.Kept));
        Assert.False(polled.Ended.IsCompleted);
        _end.SetResult();
    }

    [Fact]
    public async Task After_a_stop_an_update_does_not_overtake_a_parked_update_whose_wait_the_stop_has_ended()
    {
        UpdateDelivery delivery = Delivery(update => update.Id == 1 ? throw new TimeoutException("down") : Handle(update), configure: options => options.AcknowledgeAfter = TimeSpan.Zero);
        using var stop = new CancellationTokenSource();
        DeliveryContext polling = Context with { StoppingToken = stop.Token };
        InFlightUpdate waiting = delivery.Begin(TestUpdates.Message(1, chat: 1), polling);
        await Eventually.IsTrue(() => _log.Entries.Any(entry => entry.Message.Contains("waits", StringComparison.Ordinal)), "the update waits");

        await stop.CancelAsync();
        await Eventually.Completes(waiting.Ended);
        InFlightUpdate late = delivery.Begin(TestUpdates.Message(2, chat: 1), polling);

        Assert.Equal(AttemptOutcome.Cancelled, (await Eventually.Completes(late.Ended)).Outcome);
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task A_reading_of_the_store_begins_when_the_earlier_reading_is_over()
    {
        await TestThread.Enter();
        await _store.WriteAsync(Parked(1), _stop.Token);
        UpdateDelivery delivery = Delivery(Handle);
        _store.Pause = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<IReadOnlyList<InFlightUpdate>> first = delivery.ResumeAsync(Context);
        Task<IReadOnlyList<InFlightUpdate>> second = delivery.ResumeAsync(Context with { Epoch = null });
        await Eventually.IsTrue(() => _store.Readings > 0, "the store is read");
        await Task.Yield();
        Assert.Equal(1, _store.Readings);

        _store.Pause.SetResult();

        Assert.Single(await Eventually.Completes(first));
        await Eventually.Completes(second);
        Assert.Equal(2, _store.Readings);
        await Eventually.IsTrue(() => _store.Ids.Count == 0, "the update is handled");
        Assert.Equal([1], _handled);
    }

    [Fact]
    public async Task Parked_data_that_is_not_an_update_becomes_a_dead_letter()
    {
        await _store.WriteAsync(Parked(1) with { Raw = "{"u8.ToArray() }, _stop.Token);

        Assert.Empty(await Refusing().ResumeAsync(Context));

        Assert.Empty(_store.Ids);
        Assert.Equal("{"u8.ToArray(), DeadLetter("unreadable-*").Raw);
    }

    /// <summary>Scans the store until the condition is true: a scan leaves what a delivery that is about to end still holds.</summary>
    private static async Task ResumeUntil(Func<bool> condition, UpdateDelivery delivery, DeliveryContext context)
    {
        using var limit = new CancellationTokenSource(Eventually.Patience, TimeProvider.System);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.WhenAll((await delivery.ResumeAsync(context)).Select(update => Eventually.Completes(update.Ended)));
        }
    }

    private Task Handle(ReceivedUpdate update)
    {
        lock (_handled)
        {
            _handled.Add(update.Id);
        }

        return Task.CompletedTask;
    }

    private async Task HandleUntilEnd(ReceivedUpdate update)
    {
        await Handle(update);
        await _end.Task;
    }
}
