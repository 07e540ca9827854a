using Azker.Core.Delivery;
using Azker.Core.Delivery.Parking;
using Azker.Core.Handling;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Tests.Delivery;

/// <summary>Updates that cannot be settled soon are stored, confirmed, and handled further from the store.</summary>
public sealed class UpdateDeliveryParkingTests : UpdateDeliveryTest
{
    private static readonly ParkingLimits Functions = new(OutlivesRequests: false);

    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<int> _handled = [];

    private DeliveryContext Context => new(Epoch, () => true, _stop.Token, TestContext.Current.CancellationToken);

    [Fact]
    public async Task An_update_that_is_handled_at_once_never_touches_the_store()
    {
        UpdateDelivery delivery = Delivery(Handle);

        Assert.Equal(AttemptOutcome.Settled, (await delivery.PushAsync(TestUpdates.Message(1), _stop.Token)).Outcome);
        Assert.True(await delivery.DeliverAsync(TestUpdates.Message(2), Context));

        Assert.Equal(0, _store.Writes);
    }

    [Fact]
    public async Task A_pushed_update_whose_handler_takes_long_is_stored_and_answered_after_5_s_and_its_handler_runs_once_to_its_end()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery(HandleUntilEnd);
        DateTimeOffset start = _time.GetUtcNow();

        Assert.Equal(AttemptOutcome.Parked, await Answer(delivery.PushAsync(TestUpdates.Message(1), _stop.Token)));
        Assert.InRange((_time.GetUtcNow() - start).TotalSeconds, 5, 5.5);
        Assert.Equal([1], _store.Ids);
        await _time.PassUntil(() => _time.GetUtcNow() - start > TimeSpan.FromSeconds(70), "the handler runs for 70 s");
        _end.SetResult();

        await Eventually.IsTrue(() => _store.Ids.Count == 0, "the update is settled and removed from the store");
        Assert.Equal([1], _handled);
        Assert.Equal(AttemptOutcome.Duplicate, (await delivery.PushAsync(TestUpdates.Message(1), _stop.Token)).Outcome);
    }

    [Fact]
    public async Task An_update_behind_a_parked_update_of_its_lane_is_parked_too_and_handled_after_it()
    {
        UpdateDelivery delivery = Delivery(HandleUntilEnd);
        await Answer(delivery.PushAsync(TestUpdates.Message(1, chat: 1), _stop.Token));

        Assert.Equal(AttemptOutcome.Parked, await Answer(delivery.PushAsync(TestUpdates.Message(2, chat: 1), _stop.Token)));
        Assert.Equal([1, 2], _store.Ids);
        Assert.Equal([1], _handled);
        _end.SetResult();

        await Eventually.IsTrue(() => _store.Ids.Count == 0, "both are settled");
        Assert.Equal([1, 2], _handled);
    }

    [Fact]
    public async Task While_the_store_is_down_the_request_stays_open_and_is_answered_503_before_Telegram_gives_up()
    {
        await TestThread.Enter();
        _store.IsDown = true;
        UpdateDelivery delivery = Delivery(HandleUntilEnd);
        DateTimeOffset start = _time.GetUtcNow();

        Assert.Equal(AttemptOutcome.Busy, await Answer(delivery.PushAsync(TestUpdates.Message(1), _stop.Token)));

        Assert.InRange((_time.GetUtcNow() - start).TotalSeconds, 54, 58);
        Assert.Single(_parkedLog.Entries);
        _store.IsDown = false;
        Assert.Equal(AttemptOutcome.Parked, await Answer(delivery.PushAsync(TestUpdates.Message(1), _stop.Token)));
        Assert.Equal([1], _handled);
    }

    [Fact]
    public async Task With_ACKNOWLEDGE_AFTER_0_every_update_is_stored_before_it_is_handled()
    {
        UpdateDelivery delivery = Delivery(
            update =>
            {
                Assert.Equal([update.Id], _store.Ids);
                return Handle(update);
            },
            configure: options => options.AcknowledgeAfter = TimeSpan.Zero);

        Assert.True((await delivery.PushAsync(TestUpdates.Message(1), _stop.Token)).Outcome is AttemptOutcome.Parked or AttemptOutcome.Settled);

        await Eventually.IsTrue(() => _store.Ids.Count == 0, "the update is settled");
        Assert.Equal([1], _handled);
    }

    [Fact]
    public async Task An_update_of_a_background_handler_is_confirmed_at_once_and_handled_further()
    {
        UpdateDelivery delivery = Delivery(
            [HandlerRegistration.Of(new TestHandler(_ => true, (update, _) => HandleUntilEnd(update))) with { IsBackground = true }]);

        Assert.Equal(AttemptOutcome.Parked, (await Eventually.Completes(delivery.PushAsync(TestUpdates.Message(1), _stop.Token))).Outcome);
        InFlightUpdate polled = delivery.Begin(TestUpdates.Message(2, chat: 2), Context);
        Assert.True(await Eventually.Completes(polled.Kept));

        await Eventually.IsTrue(() => _handled.Count == 2, "both handlers run");
        Assert.False(polled.Ended.IsCompleted);
        Assert.Equal([1, 2], _store.Ids);
    }

    [Fact]
    public async Task A_stop_leaves_waiting_parked_updates_in_the_store_and_lets_running_handlers_end()
    {
        UpdateDelivery delivery = Delivery(update => update.Id == 1 ? HandleUntilEnd(update) : throw new TimeoutException("down"));
        await Answer(delivery.PushAsync(TestUpdates.Message(1, chat: 1), _stop.Token));
        await Answer(delivery.PushAsync(TestUpdates.Message(2, chat: 2), _stop.Token));

        Task stop = delivery.StopAsync();
        Assert.False(stop.IsCompleted);
        _end.SetResult();

        await Eventually.Completes(stop);
        Assert.Equal([2], _store.Ids);
    }

    [Fact]
    public async Task A_handler_out_of_order_runs_beside_a_running_handler_of_its_chat_and_can_cancel_it()
    {
        HandlerRegistration cancel = HandlerRegistration.Of(new TestHandler(update => update.Id == 2, (_, _) =>
        {
            Assert.True(_running.Cancel(Assert.Single(_running.List(chatId: 1), run => run.Update.Id == 1).Update.Id));
            return Task.CompletedTask;
        })) with
        { IsOutOfOrder = true };
        HandlerRegistration slow = HandlerRegistration.Of(new TestHandler(_ => true, (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, _time, token)));
        UpdateDelivery delivery = Delivery([cancel, slow]);
        InFlightUpdate first = delivery.Begin(TestUpdates.Message(1, chat: 1), Context);
        await Eventually.IsTrue(() => _running.List().Count == 1, "the handler of the first runs");

        Assert.True(await Eventually.Completes(delivery.DeliverAsync(TestUpdates.Message(2, chat: 1), Context)));

        Assert.Equal(AttemptOutcome.Settled, (await Eventually.Completes(first.Ended)).Outcome);
        Assert.Empty(_running.List());
    }

    [Fact]
    public async Task Long_handlers_leave_their_slots_to_short_handlers()
    {
        UpdateDelivery delivery = Delivery(update => update.Id <= 4 ? HandleUntilEnd(update) : Handle(update), maxConcurrent: 4);
        for (int id = 1; id <= 4; id++)
        {
            delivery.Begin(TestUpdates.Message(id, chat: id), Context);
        }

        await Eventually.IsTrue(() => _handled.Count == 4, "the long handlers run");
        Task<bool> other = delivery.DeliverAsync(TestUpdates.Message(5, chat: 5), Context);
        Assert.False(other.IsCompleted);

        await _time.PassUntil(() => other.IsCompleted, "a slot is free", most: TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_reply_that_comes_after_the_answer_is_sent_in_a_call_of_its_own()
    {
        UpdateDelivery delivery = Delivery(
            [new HandlerRegistration(services => new ReplyingHandler(services.GetRequiredService<WebhookReply>(), _end.Task))]);
        Task<AttemptResult> answer = delivery.PushAsync(TestUpdates.Message(1), _stop.Token);

        Assert.Equal(AttemptOutcome.Parked, await Answer(answer));
        _end.SetResult();

        await Eventually.IsTrue(() => _store.Ids.Count == 0, "the update is settled");
        (string method, string body) = Assert.Single(_botApi.Calls);
        Assert.Equal("sendMessage", method);
        Assert.Contains("late", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_work_cannot_outlive_its_request_a_handler_is_cancelled_after_50_s_and_its_update_is_parked_without_counting_the_attempt()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery(
            (update, token) =>
            {
                _handled.Add(update.Id);
                return Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
            },
            parking: Functions);
        DateTimeOffset start = _time.GetUtcNow();

        Assert.Equal(AttemptOutcome.Parked, await Answer(delivery.PushAsync(TestUpdates.Message(1), _stop.Token)));

        Assert.InRange((_time.GetUtcNow() - start).TotalSeconds, 50, 51);
        Assert.Equal([1], _store.Ids);
        Assert.Equal(1, (await Claim(1)).Attempt);
    }

    [Fact]
    public async Task Where_work_cannot_outlive_its_request_an_update_that_waits_for_an_outage_is_parked_and_left()
    {
        UpdateDelivery delivery = Delivery(_ => throw new TimeoutException("down"), parking: Functions);

        Assert.Equal(AttemptOutcome.Parked, await Answer(delivery.PushAsync(TestUpdates.Message(1), _stop.Token)));

        Assert.Equal([1], _store.Ids);
        await Eventually.Completes(delivery.StopAsync());
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

    private async Task<AttemptOutcome> Answer(Task<AttemptResult> push)
    {
        await _time.PassUntil(() => push.IsCompleted, "the request is answered");
        return (await push).Outcome;
    }

    private sealed class ReplyingHandler(WebhookReply reply, Task end) : IBotHandler
    {
        public bool Accepts(ReceivedUpdate update) => true;

        public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
        {
            reply.Give(new Telegram.Bot.Requests.SendMessageRequest { ChatId = 5, Text = "late" });
            await end;
        }
    }
}
