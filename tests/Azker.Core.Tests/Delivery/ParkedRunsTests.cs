using Azker.Core.Delivery;
using Azker.Core.Delivery.Parking;
using Azker.Core.Handling;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.Delivery;

/// <summary>On a host where work cannot outlive its request, a message of the queue or a timer starts a run that goes on with parked updates.</summary>
public sealed class ParkedRunsTests : UpdateDeliveryTest
{
    private static readonly ParkingLimits Functions = new(OutlivesRequests: false);

    private readonly List<int> _handled = [];

    /// <summary>The exception of the handler, by the number of its call from 1; <see langword="null"/> for a success.</summary>
    private Func<int, Exception?> _meets = _ => null;
    private TimeSpan _takes;
    private int _calls;

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

    [Theory]
    [InlineData(60, 30)]
    [InlineData(10, 5)]
    public async Task After_a_pause_in_which_a_fallback_may_have_received_a_pushed_update_is_parked_behind_the_updates_of_the_fallback(
        int failbackDelay, int pause)
    {
        await TestThread.Enter();
        _fallback.FailbackDelay = TimeSpan.FromSeconds(failbackDelay);
        UpdateDelivery delivery = Delivery();
        Assert.Equal(AttemptOutcome.Settled, await PushAsync(delivery, 1));
        await _store.WriteAsync(Parked(2), _stop.Token);

        _time.Advance(TimeSpan.FromSeconds(pause + 1));

        Assert.Equal(AttemptOutcome.Parked, await PushAsync(delivery, 3));
        Assert.Equal([1], _handled);
    }

    [Fact]
    public async Task In_an_outage_the_messages_come_back_after_growing_delays_and_no_attempt_is_counted()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery();
        _meets = _ => new TimeoutException("down");
        DateTimeOffset begin = _time.GetUtcNow();
        await PushAsync(delivery, 1);

        var delays = new List<TimeSpan>();
        while (_time.GetUtcNow() - begin < TimeSpan.FromMinutes(10))
        {
            delays.Add(await RunNextAsync());
        }

        Assert.InRange(delays.Count, 10, 30);
        Assert.InRange(delays[^1].TotalSeconds, 30, 60);
        _meets = _ => null;
        await RunNextAsync();
        Assert.Equal([1], _handled);
        Assert.Empty(DeadLetterFiles());
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task After_a_flood_wait_the_message_comes_back_when_the_wait_is_over_and_an_early_run_waits()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery();
        _meets = call => call == 1 ? new ApiRequestException("Too Many Requests", 429, new ResponseParameters { RetryAfter = 90 }) : null;
        DateTimeOffset begin = _time.GetUtcNow();

        Assert.Equal(AttemptOutcome.Parked, await PushAsync(delivery, 1));
        await Eventually.Completes(_runs.RunAsync(1, _stop.Token));
        Assert.Equal(1, _calls);
        Assert.InRange(_queue.Take().Delay.TotalSeconds, 85, 91);
        await RunNextAsync();

        Assert.InRange((_time.GetUtcNow() - begin).TotalSeconds, 90, 100);
        Assert.Equal([1], _handled);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_run_that_read_the_store_before_a_flood_wait_was_written_waits_too()
    {
        await TestThread.Enter();
        Delivery();
        _meets = call => call == 1 ? new ApiRequestException("Too Many Requests", 429, new ResponseParameters { RetryAfter = 90 }) : null;
        await _store.WriteAsync(Parked(1), _stop.Token);
        _store.Pause = new TaskCompletionSource();
        Task stale = _runs.RunDueAsync(_stop.Token);
        await RunAsync(1);

        _store.Pause.SetResult();
        await Eventually.Completes(stale);

        Assert.Equal(1, _calls);
        Assert.InRange(_queue.Take().Delay.TotalSeconds, 89, 91);
    }

    [Fact]
    public async Task A_flood_wait_that_another_receiver_has_stored_holds_when_Telegram_pushes_the_update_too()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery();
        DateTimeOffset now = _time.GetUtcNow();
        await _store.WriteAsync(Parked(1) with { StoredAt = now, NotBefore = now.AddSeconds(90) }, _stop.Token);

        Assert.Equal(AttemptOutcome.Parked, await PushAsync(delivery, 1));
        await RunAsync(1);

        Assert.Equal(0, _calls);
        Assert.Equal(now.AddSeconds(90), (await _store.FindAsync(1, _stop.Token))!.NotBefore);
    }

    [Fact]
    public async Task In_an_outage_a_lane_with_many_messages_calls_the_handler_no_more_often_than_a_lane_with_one()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery();
        _meets = _ => new TimeoutException("down");
        DateTimeOffset begin = _time.GetUtcNow();
        for (int id = 1; id <= 20; id++)
        {
            await PushAsync(delivery, id);
        }

        while (_time.GetUtcNow() - begin < TimeSpan.FromMinutes(10))
        {
            await RunNextAsync();
        }

        Assert.InRange(_calls, 10, 30);
        _meets = _ => null;
        while (_store.Ids.Count > 0)
        {
            await RunNextAsync();
        }

        Assert.Equal(Enumerable.Range(1, 20), _handled);
    }

    [Fact]
    public async Task A_failing_update_becomes_a_dead_letter_after_MAX_ATTEMPTS_runs_and_requests_together()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery();
        _meets = _ => new InvalidOperationException("broken");
        await PushAsync(delivery, 1);

        while (_store.Ids.Count > 0)
        {
            await RunNextAsync();
        }

        Assert.Equal(5, _calls);
        Assert.Single(DeadLetterFiles());
        AssertNothingIsLeft();
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

    private static ParkedUpdate Parked(int id, long chat = 5) => new()
    {
        UpdateId = id,
        Raw = TestUpdates.Message(id, chat).Raw,
        ArrivedAt = DateTimeOffset.UnixEpoch.AddYears(29),
    };

    private UpdateDelivery Delivery() => Delivery(Handle, parking: Functions);

    private async Task Handle(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        Exception? error = _meets(++_calls);
        await Task.Delay(_takes, _time, cancellationToken);
        if (error is not null)
        {
            throw error;
        }

        _handled.Add(update.Id);
    }

    private async Task<AttemptOutcome> PushAsync(UpdateDelivery delivery, int id, long chat = 5, bool succeeds = false)
    {
        Func<int, Exception?> meets = _meets;
        _meets = succeeds ? _ => null : meets;
        Task<AttemptResult> push = delivery.PushAsync(TestUpdates.Message(id, chat), _stop.Token);
        await _time.PassUntil(() => push.IsCompleted, "the request is answered", step: 1);
        _meets = meets;
        return (await push).Outcome;
    }

    private async Task RunAsync(int id)
    {
        Task run = _runs.RunAsync(id, _stop.Token);
        await _time.PassUntil(() => run.IsCompleted, "the run ends", step: 1);
        await run;
    }

    /// <summary>Runs the oldest message of the queue when it is visible.</summary>
    /// <returns>Its delay.</returns>
    private async Task<TimeSpan> RunNextAsync()
    {
        (int id, TimeSpan delay) = _queue.Take();
        _time.Advance(delay);
        await RunAsync(id);
        return delay;
    }

    private string[] DeadLetterFiles() => Directory.Exists(_data["dead-letters"]) ? Directory.GetFiles(_data["dead-letters"], "*.reason.json") : [];

    private void AssertNothingIsLeft()
    {
        Assert.Empty(_store.Ids);
        Assert.Empty(_queue.Ids);
    }
}
