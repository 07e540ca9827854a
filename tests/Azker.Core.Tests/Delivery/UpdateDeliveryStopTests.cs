using Azker.Core.Delivery;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Delivery;

/// <summary>A stop waits for running attempts, and for nothing else.</summary>
public sealed class UpdateDeliveryStopTests : UpdateDeliveryTest
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_stop_does_not_wait_for_an_update_that_another_instance_is_processing()
    {
        await Claim(1);
        Task<bool> busy = Deliver(Refusing(), 1);
        await AssertItWaits(busy);

        await _stop.CancelAsync();

        Assert.False(await Eventually.Completes(busy));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_next_attempt_and_lets_no_update_overtake_it_in_its_lane()
    {
        List<int> handled = [];
        UpdateDelivery delivery = Delivery(update =>
        {
            handled.Add(update.Id);
            throw new InvalidOperationException("broken");
        });
        Task<bool> failed = Deliver(delivery, 1);
        Task<bool> behind = Deliver(delivery, 2);
        await Eventually.IsTrue(() => _log.Entries.Count == 1, "the first attempt has failed");

        await _stop.CancelAsync();

        Assert.False(await Eventually.Completes(failed));
        Assert.False(await Eventually.Completes(behind));
        Assert.Equal([1], handled);
    }

    [Fact]
    public async Task A_stop_lets_running_attempts_finish_and_starts_those_behind_them()
    {
        UpdateDelivery delivery = Delivery(update => update.Id == 1 ? _end.Task : Task.CompletedTask);
        Task<bool> running = Deliver(delivery, 1);
        Task<bool> behind = Deliver(delivery, 2);

        await _stop.CancelAsync();
        Assert.False(running.IsCompleted);
        _end.SetResult();

        Assert.True(await Eventually.Completes(running));
        Assert.True(await Eventually.Completes(behind));
    }

    private Task<bool> Deliver(UpdateDelivery delivery, int id) =>
        delivery.DeliverAsync(TestUpdates.Message(id, chat: 1), new DeliveryContext(Epoch, () => true, _stop.Token, TestContext.Current.CancellationToken));

    private async Task AssertItWaits(Task delivery)
    {
        DateTimeOffset start = _time.GetUtcNow();
        await Eventually.IsTrue(() => Pass(() => _time.GetUtcNow() - start > TimeSpan.FromSeconds(10)), "some time passes");
        Assert.False(delivery.IsCompleted);
    }
}
