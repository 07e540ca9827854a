using System.Text;
using Azker.Core.Delivery;
using Azker.Core.Delivery.DeadLetters;
using Azker.Core.Delivery.Parking;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Delivery;

public sealed class UpdateDeliveryTests : UpdateDeliveryTest
{
    [Fact]
    public async Task A_handled_update_is_settled() => Assert.True(await Delivery(_ => Task.CompletedTask).DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token));

    [Fact]
    public async Task A_failing_update_is_tried_again_after_a_growing_delay()
    {
        await TestThread.Enter();
        List<DateTimeOffset> attempts = [];
        UpdateDelivery delivery = Delivery(_ =>
        {
            attempts.Add(_time.GetUtcNow());
            return attempts.Count < 4 ? throw new InvalidOperationException("broken") : Task.CompletedTask;
        });

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token)));

        Assert.Equal(4, attempts.Count);
        Assert.InRange(attempts[1] - attempts[0], TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.1));
        Assert.InRange(attempts[2] - attempts[1], TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(2.1));
        Assert.InRange(attempts[3] - attempts[2], TimeSpan.FromSeconds(3.2), TimeSpan.FromSeconds(4.1));
        Assert.False(Directory.Exists(_data["dead-letters"]));
    }

    [Fact]
    public async Task An_update_that_fails_five_times_becomes_a_dead_letter()
    {
        int attempts = 0;
        UpdateDelivery delivery = Delivery(_ =>
        {
            attempts++;
            throw new InvalidOperationException("broken");
        });

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(17), Epoch, _stop.Token)));

        Assert.Equal(5, attempts);
        (byte[] raw, string reason) = DeadLetter("17-*");
        Assert.Equal(TestUpdates.Json(17), raw);
        Assert.Contains("\"attempts\": 5", reason, StringComparison.Ordinal);
        Assert.Contains("\"error_type\": \"System.InvalidOperationException\"", reason, StringComparison.Ordinal);
        Assert.Contains("\"error\": \"broken\"", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_updates_cannot_be_parked_an_update_that_would_expire_before_its_next_delivery_becomes_a_dead_letter_at_once()
    {
        UpdateDelivery delivery = Delivery(_ => throw new InvalidOperationException("broken"), parking: new ParkingLimits(IsPossible: false, OutlivesRequests: false));
        byte[] raw = Encoding.UTF8.GetBytes(
            $$$$"""{"update_id":17,"message":{"message_id":1,"date":{{{{_time.GetUtcNow().ToUnixTimeSeconds() - 86_400 + 7}}}},"chat":{"id":1,"type":"private"}}}""");

        // Telegram delivers again after at most 2 s, and then after at most 4 s.
        Assert.Equal(AttemptOutcome.Failed, (await delivery.PushAsync(ReceivedUpdate.Parse(raw), _stop.Token)).Outcome);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(AttemptOutcome.Settled, (await delivery.PushAsync(ReceivedUpdate.Parse(raw), _stop.Token)).Outcome);

        Assert.Contains("\"reason\": \"Its handler failed. It would have expired before its next attempt.\"", DeadLetter("17-*").Reason, StringComparison.Ordinal);
        Assert.Contains(_lettersLog.Entries, entry => entry.Message.Contains("It would have expired before its next attempt.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_letter_has_the_times_of_the_arrival_the_last_attempt_and_the_end()
    {
        await TestThread.Enter();
        DateTimeOffset start = _time.GetUtcNow();
        UpdateDelivery delivery = Delivery(_ => throw new InvalidOperationException("broken"));

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(17), Epoch, _stop.Token)));

        DeadLetter letter = (await Letters().ListAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken)).Letter;
        Assert.InRange(letter.FirstSeenAt!.Value - start, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(letter.LastAttemptAt!.Value - start, TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(15.5));
        Assert.Equal(letter.LastAttemptAt, letter.GivenUpAt);
    }

    [Fact]
    public async Task An_update_that_does_not_fit_the_types_becomes_a_dead_letter_at_once()
    {
        byte[] raw = Encoding.UTF8.GetBytes("{\"update_id\":3,\n\"message\":{\"chat\":\"لا\"}}");
        int attempts = 0;
        UpdateDelivery delivery = Delivery(update =>
        {
            attempts++;
            return Task.FromResult(update.Update);
        });

        Assert.True(await Settle(delivery.DeliverAsync(ReceivedUpdate.Parse(raw), Epoch, _stop.Token)));

        Assert.Equal(1, attempts);
        Assert.Equal(raw, DeadLetter("3-*").Raw);
    }

    [Fact]
    public async Task The_same_unreadable_data_twice_is_one_dead_letter_and_other_data_never_replaces_it()
    {
        UpdateDelivery delivery = Delivery(_ => Task.CompletedTask);
        var error = new UnreadableUpdateException("no update");

        Assert.True(await delivery.DeadLetterAsync(Encoding.UTF8.GetBytes("[1]"), error, _stop.Token));
        Assert.True(await delivery.DeadLetterAsync(Encoding.UTF8.GetBytes("[1]"), error, _stop.Token));
        Assert.True(await delivery.DeadLetterAsync(Encoding.UTF8.GetBytes("[2]"), error, _stop.Token));

        Assert.Equal(4, Directory.GetFiles(_data["dead-letters"], "*", SearchOption.AllDirectories).Length);
        Assert.Equal(2, _lettersLog.Entries.Count(entry => entry.EventId == 4102));
    }

    [Fact]
    public async Task An_update_whose_dead_letter_cannot_be_written_stays_unsettled_until_it_can()
    {
        await File.WriteAllTextAsync(_data["dead-letters"], "in the way", TestContext.Current.CancellationToken);
        Task<bool> settled = Delivery(_ => throw new UnreadableUpdateException("no")).DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);

        await Eventually.IsTrue(() => _attemptsLog.Entries.Any(entry => entry.EventId == 4011), "the failed write is logged");
        Assert.False(settled.IsCompleted);
        File.Delete(_data["dead-letters"]);

        Assert.True(await Settle(settled));
        Assert.Single(Directory.GetFiles(_data["dead-letters"], "1-*.json", SearchOption.AllDirectories), path => !path.EndsWith(".reason.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_update_that_waits_for_its_next_attempt_occupies_no_slot_but_blocks_its_own_lane()
    {
        List<int> handled = [];
        UpdateDelivery delivery = Delivery(
            update =>
            {
                lock (handled)
                {
                    handled.Add(update.Id);
                }

                return update.Id == 1 ? throw new InvalidOperationException("broken") : Task.CompletedTask;
            },
            maxConcurrent: 1);

        Task<bool> poison = delivery.DeliverAsync(TestUpdates.Message(1, chat: 1), Epoch, _stop.Token);
        await Eventually.IsTrue(() => _log.Entries.Any(entry => entry.EventId == 4001), "the first attempt failed");
        Task<bool> behind = delivery.DeliverAsync(TestUpdates.Message(2, chat: 1), Epoch, _stop.Token);
        Task<bool> other = delivery.DeliverAsync(TestUpdates.Message(3, chat: 2), Epoch, _stop.Token);

        Assert.True(await Eventually.Completes(other));
        Assert.Equal([1, 3], handled);
        Assert.True(await Settle(poison));
        Assert.True(await Settle(behind));
        Assert.Equal([1, 3, 1, 1, 1, 1, 2], handled);
    }

    [Fact]
    public async Task No_more_handlers_run_at_once_than_allowed()
    {
        int running = 0;
        int most = 0;
        var gate = new TaskCompletionSource();
        UpdateDelivery delivery = Delivery(
            async _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await gate.Task;
                Interlocked.Decrement(ref running);
            },
            maxConcurrent: 4);

        Task<bool>[] deliveries = [.. Enumerable.Range(1, 50).Select(id => delivery.DeliverAsync(TestUpdates.Message(id, chat: id), Epoch, _stop.Token))];
        await Eventually.IsTrue(() => Volatile.Read(ref running) == 4, "four handlers run");
        gate.SetResult();
        await Eventually.Completes(Task.WhenAll(deliveries));

        Assert.Equal(4, most);
    }

    [Fact]
    public async Task An_update_polled_under_a_lost_lock_is_not_handled_even_before_its_token_is_cancelled()
    {
        UpdateDelivery delivery = Delivery(_ => throw new InvalidOperationException("must not be handled"));
        var context = new DeliveryContext(Epoch, IsHeld: () => false, _stop.Token, _stop.Token);

        Assert.False(await Eventually.Completes(delivery.DeliverAsync(TestUpdates.Message(1), context)));

        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task A_stop_leaves_unsettled_updates_to_Telegram()
    {
        UpdateDelivery delivery = Delivery(_ => throw new InvalidOperationException("broken"));
        Task<bool> settled = delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);
        await Eventually.IsTrue(() => _log.Entries.Any(entry => entry.EventId == 4001), "the first attempt failed");

        await _stop.CancelAsync();

        Assert.False(await Eventually.Completes(settled));
        Assert.False(Directory.Exists(_data["dead-letters"]));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
