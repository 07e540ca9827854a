using Azker.Core.Delivery;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.Delivery;

/// <summary>The class of a handler's error decides what follows.</summary>
public sealed class UpdateDeliveryErrorTests : UpdateDeliveryTest
{
    private readonly List<(int Id, TimeSpan At)> _calls = [];
    private readonly DateTimeOffset _start;

    public UpdateDeliveryErrorTests() => _start = _time.GetUtcNow();

    private TimeSpan Now => _time.GetUtcNow() - _start;

    [Fact]
    public async Task A_refused_call_settles_the_update_at_once_with_a_log_line_and_a_count()
    {
        UpdateDelivery delivery = Delivery(Calling(_ => throw new ApiRequestException("Forbidden: bot was blocked by the user", 403)));

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token)));

        Assert.Single(_calls);
        Assert.Equal(1, _status.Refused);
        Assert.False(Directory.Exists(_data["dead-letters"]));
        Assert.Contains("bot was blocked by the user", Assert.Single(_attemptsLog.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_429_the_next_call_follows_after_its_retry_after_and_no_attempt_counts()
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery(Calling(_ => _calls.Count <= 6
            ? throw new ApiRequestException("Too Many Requests: retry after 90", 429, new ResponseParameters { RetryAfter = 90 })
            : Task.CompletedTask));

        Task<bool> delivered = delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);
        await _time.PassUntil(() => delivered.IsCompleted, "the update is handled", step: 1);

        Assert.Equal(7, _calls.Count);
        Assert.All(_calls.Zip(_calls.Skip(1)), pair => Assert.InRange(pair.Second.At - pair.First.At, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(92)));
        Assert.False(Directory.Exists(_data["dead-letters"]));
    }

    [Fact]
    public async Task A_flood_wait_of_one_chat_delays_only_that_chat()
    {
        UpdateDelivery delivery = Delivery(Calling(update => update.Key.Id == 1
            ? throw new ApiRequestException("Too Many Requests: retry after 90", 429, new ResponseParameters { RetryAfter = 90 })
            : Task.CompletedTask));
        _ = delivery.DeliverAsync(TestUpdates.Message(1, chat: 1), Epoch, _stop.Token);

        Assert.True(await Eventually.Completes(delivery.DeliverAsync(TestUpdates.Message(2, chat: 2), Epoch, _stop.Token)));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(600)]
    public async Task After_an_outage_every_update_is_handled_once_and_in_order_and_none_is_a_dead_letter(int seconds)
    {
        await TestThread.Enter();
        UpdateDelivery delivery = Delivery(Calling(_ => Now < TimeSpan.FromSeconds(seconds)
            ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused")
            : Task.CompletedTask));
        Task<bool>[] deliveries = [.. Enumerable.Range(1, 60).Select(id => delivery.DeliverAsync(TestUpdates.Message(id, chat: id % 20), Epoch, _stop.Token))];

        await _time.PassUntil(() => deliveries.All(task => task.IsCompleted), "all updates are settled", step: 0.5);

        Assert.InRange(Now.TotalSeconds, seconds, seconds + 30);
        List<int> handled = [.. _calls.Where(call => call.At >= TimeSpan.FromSeconds(seconds)).Select(call => call.Id)];
        Assert.Equal(Enumerable.Range(1, 60), handled.Order());
        Assert.All(handled.GroupBy(id => id % 20), chat => Assert.Equal(chat.Order(), chat));
        Assert.False(Directory.Exists(_data["dead-letters"]));
        Assert.Empty(_store.Ids);
    }

    [Fact]
    public async Task The_first_success_after_an_outage_ends_the_waiting_of_all()
    {
        bool isDown = true;
        UpdateDelivery delivery = Delivery(Calling(_ => isDown ? throw new TimeoutException("no answer") : Task.CompletedTask));
        Task<bool>[] deliveries = [.. Enumerable.Range(1, 20).Select(id => delivery.DeliverAsync(TestUpdates.Message(id, chat: id), Epoch, _stop.Token))];
        await _time.PassUntil(() => Now > TimeSpan.FromSeconds(300), "the delays are long", step: 0.5);
        isDown = false;

        await _time.PassUntil(() => deliveries.Any(task => task.IsCompleted), "one update is handled", step: 0.5);

        // No virtual time passes.
        await Eventually.Completes(Task.WhenAll(deliveries));
    }

    [Fact]
    public async Task A_call_whose_answer_is_lost_again_and_again_is_made_twice_at_most()
    {
        UpdateDelivery delivery = Delivery(Calling(_ => throw new RequestException(
            "There was an exception during deserialization of the response", System.Net.HttpStatusCode.OK)));

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token)));

        Assert.Equal(2, _calls.Count);
        Assert.False(Directory.Exists(_data["dead-letters"]));
        Assert.Contains("was lost twice", Assert.Single(_attemptsLog.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_call_becomes_a_dead_letter_after_its_attempts()
    {
        UpdateDelivery delivery = Delivery(Calling(_ => throw new ApiRequestException("Bad Request: can't parse entities", 400)));

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token)));

        Assert.Equal(5, _calls.Count);
        Assert.Contains("parse entities", DeadLetter("1-*").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_that_is_too_old_is_settled_without_being_handled()
    {
        UpdateDelivery delivery = Delivery(Calling(_ => Task.CompletedTask), configure: options => options.MaxUpdateAge = TimeSpan.FromSeconds(600));

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(1, date: _time.GetUtcNow().AddSeconds(-601)), Epoch, _stop.Token)));
        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(2, date: _time.GetUtcNow().AddSeconds(-500)), Epoch, _stop.Token)));

        Assert.Equal([2], _calls.Select(call => call.Id));
        Assert.Equal(1, _status.TooOld);
    }

    private Func<ReceivedUpdate, Task> Calling(Func<ReceivedUpdate, Task> call) => update =>
    {
        lock (_calls)
        {
            _calls.Add((update.Id, Now));
        }

        return call(update);
    };
}
