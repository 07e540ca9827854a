using Azker.Core.Delivery;
using Azker.Core.Delivery.Ledger;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.Logging;

namespace Azker.Core.Tests.Delivery;

/// <summary>The entry of an update in the ledger decides whether it is handled.</summary>
public sealed class UpdateDeliveryLedgerTests : UpdateDeliveryTest
{
    [Fact]
    public async Task An_update_that_another_instance_has_settled_is_settled_without_being_handled()
    {
        await _ledger.SettleAsync(await Claim(1), _stop.Token);

        Assert.True(await Eventually.Completes(Refusing().DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token)));
    }

    [Fact]
    public async Task An_update_that_another_instance_is_processing_blocks_only_its_own_lane_until_it_is_settled()
    {
        UpdateClaim elsewhere = await Claim(1);
        List<int> handled = [];
        UpdateDelivery delivery = Delivery(update => Add(handled, update), maxConcurrent: 1);
        Task<bool> busy = delivery.DeliverAsync(TestUpdates.Message(1, chat: 1), Epoch, _stop.Token);
        Task<bool> behind = delivery.DeliverAsync(TestUpdates.Message(2, chat: 1), Epoch, _stop.Token);
        Task<bool> other = delivery.DeliverAsync(TestUpdates.Message(3, chat: 2), Epoch, _stop.Token);

        Assert.True(await Settle(other));
        Assert.False(busy.IsCompleted);
        await _ledger.SettleAsync(elsewhere, _stop.Token);

        Assert.True(await Settle(busy));
        Assert.True(await Settle(behind));
        Assert.Equal([3, 2], handled);
    }

    [Fact]
    public async Task An_update_whose_claimant_died_is_handled_when_the_claim_has_expired()
    {
        await TestThread.Enter();
        await Claim(1);
        List<int> handled = [];
        DateTimeOffset start = _time.GetUtcNow();

        Assert.True(await Settle(Delivery(update => Add(handled, update)).DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token)));

        Assert.Equal([1], handled);
        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public async Task An_update_stays_claimed_as_long_as_its_handler_runs()
    {
        var end = new TaskCompletionSource();
        Task<bool> delivery = Delivery(_ => end.Task).DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);
        await _time.PassUntil(() => _ledger.Renewals == 4, "the claim is renewed every 5 s");

        Assert.Equal(ClaimOutcome.Busy, (await _ledger.ClaimAsync(1, null, _stop.Token)).Outcome);
        end.SetResult();
        Assert.True(await Settle(delivery));
        Assert.Equal(ClaimOutcome.Duplicate, (await _ledger.ClaimAsync(1, null, _stop.Token)).Outcome);
    }

    [Fact]
    public async Task Updates_that_were_in_flight_when_the_previous_poller_died_are_handled_at_once()
    {
        await Claim(1, Epoch - 1);
        List<int> handled = [];

        Assert.True(await Eventually.Completes(Delivery(update => Add(handled, update)).DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token)));

        Assert.Equal([1], handled);
    }

    [Fact]
    public async Task An_unforeseen_exception_is_logged_and_the_update_is_delivered_again_in_its_lane()
    {
        var defect = new InvalidOperationException("a defect of the ledger");
        _ledger.Defect = defect;
        List<int> handled = [];
        UpdateDelivery delivery = Delivery(update => Add(handled, update));
        Task<bool> first = delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);
        Task<bool> second = delivery.DeliverAsync(TestUpdates.Message(2), Epoch, _stop.Token);

        Assert.True(await Settle(first));
        Assert.True(await Settle(second));

        Assert.Equal([1, 2], handled);
        LogEntry entry = Assert.Single(_log.Entries);
        Assert.Equal((LogLevel.Error, 4005), (entry.Level, entry.EventId));
    }

    [Fact]
    public async Task While_the_ledger_is_down_nothing_is_handled_and_nothing_is_settled()
    {
        _ledger.IsDown = true;
        List<int> handled = [];
        Task<bool> delivery = Delivery(update => Add(handled, update)).DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);
        await Eventually.IsTrue(() => Pass(() => _ledger.Refusals >= 5), "the claim is tried again and again");

        Assert.Empty(handled);
        Assert.False(delivery.IsCompleted);
        Assert.Single(_ledgerLog.Entries, entry => entry.EventId == 4301);
        _ledger.IsDown = false;

        Assert.True(await Settle(delivery));
        Assert.Equal([1], handled);
        Assert.Single(_ledgerLog.Entries, entry => entry.EventId == 4303);
    }

    [Fact]
    public async Task The_attempts_made_before_a_stop_count_after_it()
    {
        int attempts = 0;
        UpdateDelivery before = Delivery(_ => Interlocked.Increment(ref attempts) <= 3 ? throw new InvalidOperationException("broken") : Task.Delay(Timeout.InfiniteTimeSpan, _time, _stop.Token));
        Task<bool> stopped = before.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);
        await Eventually.IsTrue(() => Pass(() => Volatile.Read(ref attempts) == 4), "the fourth attempt runs");
        await _stop.CancelAsync();
        Assert.False(await Eventually.Completes(stopped));

        int after = 0;
        UpdateDelivery next = Delivery(_ => throw new InvalidOperationException($"broken {++after}"));
        Assert.True(await Settle(next.DeliverAsync(TestUpdates.Message(1), Epoch + 1, TestContext.Current.CancellationToken)));

        Assert.Equal(2, after);
        Assert.Contains("\"attempts\": 5", DeadLetter("1-*").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_that_killed_every_process_that_tried_it_becomes_a_dead_letter_untried()
    {
        for (long epoch = 1; epoch <= 5; epoch++)
        {
            await Claim(1, epoch);
        }

        Assert.True(await Eventually.Completes(Refusing().DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token)));

        string reason = DeadLetter("1-*").Reason;
        Assert.Contains("the process that made the last one died", reason, StringComparison.Ordinal);
        Assert.Contains("\"attempts\": 5", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handled_update_is_settled_after_a_few_tries_although_the_ledger_cannot_record_it()
    {
        int handled = 0;
        UpdateDelivery delivery = Delivery(_ =>
        {
            handled++;
            _ledger.IsDown = true;
            return Task.CompletedTask;
        });

        Assert.True(await Settle(delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token)));

        Assert.Equal((1, 4), (handled, _ledger.Refusals));
        Assert.Contains("was handled, but the ledger could not record that", Assert.Single(_ledgerLog.Entries, entry => entry.EventId == 4305).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_whose_dead_letter_could_not_be_written_is_not_handled_again_to_write_it()
    {
        await File.WriteAllTextAsync(_data["dead-letters"], "in the way", TestContext.Current.CancellationToken);
        int attempts = 0;
        UpdateDelivery delivery = Delivery(_ => throw new InvalidOperationException($"broken {++attempts}"));
        Task<bool> settled = delivery.DeliverAsync(TestUpdates.Message(1), Epoch, _stop.Token);
        await Eventually.IsTrue(() => Pass(() => _attemptsLog.Entries.Count(entry => entry.EventId == 4011) >= 3), "the write of the dead letter was tried three times");
        File.Delete(_data["dead-letters"]);

        Assert.True(await Settle(settled));

        Assert.Equal(5, attempts);
        Assert.Contains("broken 5", DeadLetter("1-*").Reason, StringComparison.Ordinal);
    }

    private static Task Add(List<int> handled, ReceivedUpdate update)
    {
        lock (handled)
        {
            handled.Add(update.Id);
        }

        return Task.CompletedTask;
    }
}
