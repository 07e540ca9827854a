using Azker.Core.Delivery;
using Azker.Core.Handling;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Delivery;

public sealed class ParkedRunsTests : ParkedRunsTest
{
    [Fact]
    public async Task A_handler_that_was_cancelled_at_the_end_of_its_request_runs_again_with_its_full_time()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery();
        _takes = TimeSpan.FromSeconds(70);

        Assert.Equal(AttemptOutcome.Parked, await PushAsync(delivery, 1));
        Assert.Empty(_handled);
        await RunNextAsync();

        Assert.Equal([1], _handled);
        Assert.Equal(2, _calls);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task An_update_of_a_background_handler_is_handled_by_a_run_only()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery([HandlerRegistration.Of(new TestHandler(_ => true, Handle)) with { IsBackground = true }], parking: Functions);

        Assert.Equal(AttemptOutcome.Parked, await PushAsync(delivery, 1));
        Assert.Equal(0, _calls);
        Assert.Equal(TimeSpan.Zero, await RunNextAsync());

        Assert.Equal([1], _handled);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Later_updates_of_the_chat_are_parked_behind_it_and_each_message_brings_the_older_updates_first()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery();
        _meets = call => call <= 4 ? new TimeoutException("down") : null;
        await PushAsync(delivery, 1);
        int calls = _calls;

        Assert.Equal(AttemptOutcome.Parked, await PushAsync(delivery, 2));
        Assert.Equal(AttemptOutcome.Settled, await PushAsync(delivery, 3, chat: 99, succeeds: true));
        Assert.Equal(calls + 1, _calls);
        _meets = _ => null;
        _queue.Take();
        await RunNextAsync();

        Assert.Equal([3, 1, 2], _handled);
        Assert.Equal(AttemptOutcome.Settled, await PushAsync(delivery, 4));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task The_first_pushed_update_of_an_instance_is_parked_behind_the_updates_that_another_instance_has_parked()
    {
        await _store.WriteAsync(Parked(1), _stop.Token);
        UpdateDelivery delivery = Delivery();

        Assert.Equal(AttemptOutcome.Parked, (await Eventually.Completes(delivery.PushAsync(TestUpdates.Message(2, chat: 5), _stop.Token))).Outcome);

        Assert.Equal([1, 2], _store.Ids);
        Assert.Equal([2], _queue.Ids);
    }

    [Fact]
    public async Task A_message_of_a_lane_that_another_run_is_handling_comes_back_later()
    {
        await TestThread.Enter();
        Delivery();
        _takes = TimeSpan.FromSeconds(70);
        await _store.WriteAsync(Parked(1), _stop.Token);
        await _store.WriteAsync(Parked(2), _stop.Token);
        Task first = _runs.RunAsync(1, _stop.Token);
        await _time.PassUntil(() => _calls == 1, "the first run handles");

        await Eventually.Completes(_runs.RunAsync(2, _stop.Token));
        await Eventually.Completes(_runs.RunAsync(1, _stop.Token));

        Assert.Equal([2, 1], _queue.Ids);
        Assert.Equal(1, _calls);
        await _time.PassUntil(() => first.IsCompleted, "the first run ends", step: 1);
        Assert.Equal([1], _handled);
        Assert.Equal([2], _store.Ids);
    }

    [Fact]
    public async Task An_update_that_another_run_leaves_while_a_run_reads_the_store_is_not_overtaken()
    {
        await TestThread.Enter();
        Delivery();
        _takes = TimeSpan.FromSeconds(70);
        _meets = call => call == 1 ? new InvalidOperationException("broken") : null;
        await _store.WriteAsync(Parked(1), _stop.Token);
        await _store.WriteAsync(Parked(2), _stop.Token);
        Task first = _runs.RunAsync(1, _stop.Token);
        await _time.PassUntil(() => _calls == 1, "the first run handles");
        _time.Advance(TimeSpan.FromSeconds(65));

        _store.Pause = new TaskCompletionSource();
        Task second = _runs.RunDueAsync(_stop.Token);
        await _time.PassUntil(() => first.IsCompleted, "the first run leaves its update", step: 1);
        _time.Advance(TimeSpan.FromSeconds(5));
        _store.Pause.SetResult();
        await _time.PassUntil(() => second.IsCompleted, "the other run ends", step: 1);

        Assert.Equal([1], _handled);
    }

    [Fact]
    public async Task A_message_of_a_settled_update_ends_without_effect()
    {
        Delivery();

        await Eventually.Completes(_runs.RunAsync(1, _stop.Token));

        Assert.Empty(_queue.Ids);
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task While_the_store_is_down_a_message_comes_back_later()
    {
        Delivery();
        _store.IsDown = true;

        await Eventually.Completes(_runs.RunAsync(1, _stop.Token));

        Assert.Equal((1, TimeSpan.FromSeconds(15)), _queue.Take());
    }

    [Fact]
    public async Task The_timer_leaves_updates_to_their_messages_for_2_min()
    {
        await TestThread.Enter();
        Delivery();
        await _store.WriteAsync(Parked(1) with { ArrivedAt = _time.GetUtcNow() }, _stop.Token);

        _time.Advance(TimeSpan.FromSeconds(119));
        await Eventually.Completes(_runs.RunDueAsync(_stop.Token));
        Assert.Equal(0, _calls);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Completes(_runs.RunDueAsync(_stop.Token));

        Assert.Equal([1], _handled);
    }

    [Fact]
    public async Task Without_a_queue_the_timer_goes_on_with_all_updates_that_are_due()
    {
        await TestThread.Enter();
        Delivery();
        _queue.IsUsable = false;
        DateTimeOffset now = _time.GetUtcNow();
        await _store.WriteAsync(Parked(1) with { ArrivedAt = now }, _stop.Token);
        await _store.WriteAsync(Parked(2, chat: 2) with { ArrivedAt = now, NotBefore = now.AddSeconds(90) }, _stop.Token);

        await Eventually.Completes(_runs.RunDueAsync(_stop.Token));
        Assert.Equal([1], _handled);
        _time.Advance(TimeSpan.FromSeconds(90));
        await Eventually.Completes(_runs.RunDueAsync(_stop.Token));

        Assert.Equal([1, 2], _handled);
    }

    [Fact]
    public async Task A_run_begins_no_further_update_after_a_minute()
    {
        await TestThread.Enter();
        Delivery();
        _takes = TimeSpan.FromSeconds(40);
        for (int id = 1; id <= 3; id++)
        {
            await _store.WriteAsync(Parked(id), _stop.Token);
        }

        await RunAsync(3);

        Assert.Equal([1, 2], _handled);
        Assert.Equal((3, TimeSpan.Zero), _queue.Take());
    }

    [Fact]
    public async Task A_cancelled_run_counts_no_attempt_and_the_message_comes_back_at_once()
    {
        await TestThread.Enter();
        Delivery();
        _takes = TimeSpan.FromSeconds(70);
        await _store.WriteAsync(Parked(1), _stop.Token);
        Task run = _runs.RunAsync(1, _stop.Token);
        await _time.PassUntil(() => _calls == 1, "the run handles");

        await _stop.CancelAsync();
        await Eventually.Completes(run);

        Assert.Equal((1, TimeSpan.FromSeconds(1)), _queue.Take());
        Assert.Equal([1], _store.Ids);
        Assert.Equal(1, (await _ledger.ClaimAsync(1, null, CancellationToken.None)).Attempt);
    }
}
