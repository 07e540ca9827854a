using Azker.Core.Delivery;
using Azker.Core.Tests.Shared;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.Delivery;

/// <summary>Runs that meet an outage, a flood wait or an error, or that find what another receiver has parked.</summary>
public sealed class ParkedRunWaitTests : ParkedRunsTest
{
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
}
