using System.Collections.Concurrent;
using Azker.BotApi.Faults;
using Azker.BotApi.Statistics;
using Azker.Core.Delivery;
using Azker.Core.Locking;
using Azker.Core.Polling;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Polling;

public sealed class PollingReceiverTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<int> _handled = new();
    private PollingFixture _polling = null!;

    public async ValueTask InitializeAsync() => _polling = await PollingFixture.CreateAsync();

    public ValueTask DisposeAsync() => _polling.DisposeAsync();

    [Fact]
    public async Task Updates_are_answered_once_and_confirmed()
    {
        _ = _polling.Start();
        await _polling.WaitForPoll();

        for (int i = 0; i < 250; i++)
        {
            _polling.Bot.EnqueueText(5 + (i % 7), 5, $"/ping {i}");
        }

        await _polling.PassUntil(() => _polling.Bot.Statistics.Pending == 0 && _polling.Status.Settled == 250, "all updates are confirmed and settled");
        Assert.Equal(Enumerable.Range(0, 250).Select(i => $"pong {i}").Order(), _polling.Bot.Sent.Select(message => message.Text).Order());
        Assert.Equal(0, _polling.Bot.Statistics.ConflictsAnswered);
        Assert.Equal(250, _polling.Status.Settled);
        Assert.True(_polling.Status.IsReceiving);
    }

    [Fact]
    public async Task The_kinds_of_update_are_requested()
    {
        _ = _polling.Start(null, ("ALLOWED_UPDATES", "message"));
        await _polling.WaitForPoll();

        Assert.Null(_polling.Bot.Enqueue("""{"callback_query":{"id":"1","from":{"id":5,"is_bot":false,"first_name":"A"},"chat_instance":"1"}}"""));
        Assert.NotNull(_polling.Bot.EnqueueText(5, 5, "hello"));
    }

    [Fact]
    public async Task A_graceful_stop_finishes_and_confirms_the_updates_in_flight()
    {
        var work = new TaskCompletionSource();
        Task run = _polling.Start((update, token) => HoldAsync(update, work.Task, token));
        await ReceiveOne();

        Task stop = _polling.Stop();
        Assert.False(run.IsCompleted);
        work.SetResult();
        await stop;

        Assert.Equal(UpdateRemoval.Confirmed, Assert.Single(_polling.Bot.Updates).Removal);
    }

    [Fact]
    public async Task The_end_of_polling_does_not_wait_for_an_update_that_a_request_to_the_webhook_has_brought()
    {
        int handlers = 0;
        using var pushing = new CancellationTokenSource();
        _ = _polling.Start((update, token) =>
        {
            handlers++;
            return update.Update.Message!.Text == "quick" ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, _polling.Time, token);
        });
        int first = _polling.Bot.EnqueueText(5, 5, "quick")!.Value;
        await _polling.PassUntil(() => handlers == 1, "the first update is handled");
        Task push = _polling.Get<UpdateDelivery>().PushAsync(TestUpdates.Message(first + 1, chat: 6), pushing.Token);
        await _polling.PassUntil(() => handlers == 2 && push.IsCompleted, "the pushed update is parked, and its handler runs");
        _polling.Bot.EnqueueText(6, 6, "long");
        await _polling.PassUntil(() => _polling.Bot.Statistics.Pending == 0, "the poller has confirmed what is parked");
        _polling.Bot.EnqueueText(6, 6, "behind it");
        await _polling.PassUntil(() => _polling.Bot.Statistics.Delivered == 3, "the poller has the next update of the chat");

        await _polling.Stop();

        Assert.Equal(2, handlers);
        Assert.Equal(1, _polling.Bot.Statistics.Pending);
        await pushing.CancelAsync();
        await Eventually.Completes(_polling.Get<UpdateDelivery>().StopAsync());
    }

    [Fact]
    public async Task An_update_that_a_request_to_the_webhook_has_left_is_handled_when_the_next_poll_brings_it_and_nothing_overtakes_it()
    {
        List<string> handled = [];
        int begun = 0;
        using var pushing = new CancellationTokenSource();
        _ = _polling.Start(async (update, token) =>
        {
            if (++begun == 2)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _polling.Time, token);
            }

            handled.Add(update.Update.Message!.Text!);
        });
        int first = _polling.Bot.EnqueueText(5, 5, "first")!.Value;
        await _polling.PassUntil(() => begun == 1, "the first update is handled");
        Task<AttemptResult> push = _polling.Get<UpdateDelivery>().PushAsync(TestUpdates.Message(first + 1, chat: 6), pushing.Token);
        await Eventually.IsTrue(() => begun == 2, "the handler of the pushed update runs");
        _polling.Bot.EnqueueText(6, 6, "left");
        _polling.Bot.EnqueueText(6, 6, "behind");
        await _polling.PassUntil(() => _polling.Bot.Statistics.Delivered == 3, "the poller has both");

        await pushing.CancelAsync();
        Assert.Equal(AttemptOutcome.Cancelled, (await Eventually.Completes(push)).Outcome);

        await _polling.PassUntil(() => _polling.Bot.Statistics.Pending == 0, "both are handled and confirmed");
        Assert.Equal(["first", "left", "behind"], handled);
    }

    [Fact]
    public async Task A_stop_waits_for_a_poll_that_may_still_be_on_its_way_and_no_longer()
    {
        Task run = _polling.Start(Count);
        await _polling.PassUntil(() => _polling.Bot.Statistics.Polls > 0, "the first poll has arrived", step: 0);

        _polling.RequestStop();
        _polling.Time.Advance(TimeSpan.FromSeconds(1.4));
        Assert.False(run.IsCompleted);
        _polling.Time.Advance(TimeSpan.FromSeconds(0.1));

        await Eventually.Completes(run);
    }

    [Fact]
    public async Task A_stop_right_after_an_update_was_handled_confirms_it_although_the_next_poll_may_not_have_left()
    {
        _ = _polling.Start(Count);
        _polling.Bot.EnqueueText(5, 5, "one");
        await _polling.PassUntil(() => !_handled.IsEmpty, "the update is handled");

        await _polling.Stop();

        Assert.Equal(UpdateRemoval.Confirmed, Assert.Single(_polling.Bot.Updates).Removal);
    }

    [Fact]
    public async Task A_stop_right_after_a_poll_for_the_same_offset_confirms_at_once_and_disturbs_no_poll()
    {
        _ = _polling.Start(Count);
        _polling.Bot.EnqueueText(5, 5, "one");
        await _polling.PassUntil(() => _polling.Bot.Statistics is { Pending: 0, WaitingPoll: not null }, "the next poll waits", step: 0.01);

        await _polling.Stop();

        Assert.Empty(_polling.Bot.Statistics.Conflicts);
        Assert.Empty(_polling.Log.Of<PollingReceiver>(2004));
    }

    [Fact]
    public async Task A_lock_that_is_lost_during_the_confirmation_of_a_stop_is_reported()
    {
        var work = new TaskCompletionSource();
        Task run = _polling.Start((update, token) => HoldAsync(update, work.Task, token));
        await ReceiveOne();
        _polling.RequestStop();
        _polling.Server.Faults.Add(new Fault(FaultKind.Hang) { Method = "getUpdates" });
        work.SetResult();
        await _polling.PassUntil(() => _polling.Server.Faults.All.Single().Hits > 0, "the confirmation is on its way");

        _polling.Lock.Lose("the test took it");

        await Assert.ThrowsAsync<InstanceLockLostException>(() => Eventually.Completes(run));
    }

    [Fact]
    public async Task A_lock_that_expires_during_the_first_call_of_a_confirmation_stops_the_second_call()
    {
        var work = new TaskCompletionSource();
        Task run = _polling.Start((update, token) => HoldAsync(update, work.Task, token));
        await ReceiveOne();
        _polling.RequestStop();
        _polling.Server.Faults.Add(new Fault(FaultKind.Delay) { Method = "getUpdates", Delay = TimeSpan.FromSeconds(1) });
        work.SetResult();
        await _polling.PassUntil(() => _polling.Server.Faults.All.Single().Hits > 0, "the first call is on its way");

        // As after a pause of the process: the time of the lock is over, and the token is not cancelled yet.
        _polling.Lock.Expire("the process was paused");
        await _polling.PassUntil(() => run.IsCompleted, "the run ends");

        await Assert.ThrowsAsync<InstanceLockLostException>(() => run);
        Assert.Equal(1, _polling.Server.Faults.All.Single().Hits);
        Assert.Null(Assert.Single(_polling.Bot.Updates).Removal);
    }

    [Fact]
    public async Task A_handler_that_outlives_the_shutdown_timeout_is_cancelled_and_its_update_stays_with_Telegram()
    {
        bool isCancelled = false;
        _ = _polling.Start(async (update, token) =>
        {
            try
            {
                await Count(update, token);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
            finally
            {
                isCancelled = token.IsCancellationRequested;
            }
        }, ("SHUTDOWN_TIMEOUT", "5"));
        _polling.Bot.EnqueueText(5, 5, "one");
        await _polling.PassUntil(() => !_handled.IsEmpty, "the update is in flight");

        await _polling.Stop();

        Assert.True(isCancelled);
        Assert.Null(Assert.Single(_polling.Bot.Updates).Removal);
        Assert.Single(_polling.Log.Of<PollingReceiver>(2003));
    }

    [Fact]
    public async Task A_slow_chat_delays_no_other_and_is_not_confirmed_before_it_is_handled()
    {
        var slow = new TaskCompletionSource();
        _ = _polling.Start(async (update, token) =>
        {
            if (update.Update.Message!.Chat.Id == 1)
            {
                await slow.Task;
            }

            await Count(update, token);
        });
        int first = _polling.Bot.EnqueueText(1, 1, "slow")!.Value;
        await _polling.PassUntil(() => _polling.Bot.Statistics.Delivered == 1, "the slow one is in flight");

        for (int i = 0; i < 5; i++)
        {
            int quick = _polling.Bot.EnqueueText(2, 2, "quick")!.Value;
            await _polling.PassUntil(() => _handled.Contains(quick), "the other chat's update is handled");
        }

        Assert.DoesNotContain(first, _handled);
        Assert.Equal(6, _polling.Bot.Statistics.Pending);
        slow.SetResult();
        await _polling.PassUntil(() => _polling.Bot.Statistics.Pending == 0, "all updates are confirmed");
        Assert.Equal(6, _handled.Count);
        Assert.Equal(6, _handled.Distinct().Count());
    }

    [Fact]
    public async Task Waiting_for_a_slow_chat_is_no_hot_loop()
    {
        var slow = new TaskCompletionSource();
        _ = _polling.Start(async (_, _) => await slow.Task);
        _polling.Bot.EnqueueText(1, 1, "slow");
        await _polling.PassUntil(() => _polling.Bot.Statistics.Delivered == 1, "the slow one is in flight");

        await _polling.Pass(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(0.1));

        Assert.InRange(_polling.Bot.Statistics.Polls, 2, 22);
        slow.SetResult();
    }

    [Fact]
    public async Task A_lost_lock_ends_the_run_at_once_and_no_further_call_is_sent()
    {
        CancellationToken handlers = default;
        var started = new TaskCompletionSource();
        Task run = _polling.Start(async (_, token) =>
        {
            handlers = token;
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        _polling.Bot.EnqueueText(5, 5, "one");
        await _polling.PassUntil(() => started.Task.IsCompleted, "the handler runs");
        await _polling.PassUntil(() => _polling.Bot.Statistics.Polls > 1, "another poll is in flight");

        _polling.Lock.Lose("the test took it");
        InstanceLockLostException error = await Assert.ThrowsAsync<InstanceLockLostException>(() => Eventually.Completes(run));
        long calls = _polling.Bot.Statistics.Calls.Sum(call => call.Count);
        await _polling.Pass(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1));

        Assert.Contains("the test took it", error.Message, StringComparison.Ordinal);
        Assert.True(handlers.IsCancellationRequested);
        Assert.Equal(calls, _polling.Bot.Statistics.Calls.Sum(call => call.Count));
        Assert.Null(Assert.Single(_polling.Bot.Updates).Removal);
    }

    [Fact]
    public async Task An_answer_that_arrives_after_the_lock_has_expired_is_not_handled()
    {
        Task run = _polling.Start(Count);
        await _polling.WaitForPoll();

        _polling.Lock.Expire("its time is over");
        _polling.Bot.EnqueueText(5, 5, "one");
        await _polling.PassUntil(() => run.IsCompleted, "the run ends");

        await Assert.ThrowsAsync<InstanceLockLostException>(() => run);

        Assert.Empty(_handled);
        Assert.Equal(1, _polling.Bot.Statistics.Polls);
    }

    [Fact]
    public async Task No_call_is_sent_under_an_expired_lock()
    {
        _polling.Lock.Expire("its time is over");

        await Assert.ThrowsAsync<InstanceLockLostException>(() => _polling.Start());

        Assert.Equal(0, _polling.Bot.Statistics.Polls);
    }

    private async Task ReceiveOne()
    {
        _polling.Bot.EnqueueText(5, 5, "one");
        await _polling.PassUntil(() => !_handled.IsEmpty, "the update is in flight");
    }

    private async Task HoldAsync(Core.Updates.ReceivedUpdate update, Task work, CancellationToken cancellationToken)
    {
        await Count(update, cancellationToken);
        await work;
    }

    private Task Count(Core.Updates.ReceivedUpdate update, CancellationToken cancellationToken)
    {
        _handled.Enqueue(update.Id);
        return Task.CompletedTask;
    }
}
