using Azker.Core.Delivery;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Updates;

namespace Azker.Core.Polling;

/// <summary>Delivers the updates of one run under a lock, and keeps those that are in flight.</summary>
internal sealed class InFlightUpdates(
    UpdateDelivery delivery, PollWindow window, ReceiverStatus status, IInstanceLockHandle handle, CancellationToken stoppingToken, CancellationToken cancellationToken)
{
    private readonly List<Flight> _flights = [];
    private readonly List<Task> _deadLetters = [];
    private readonly DeliveryContext _context = new(handle.Holder.Epoch, () => handle.Remaining > TimeSpan.Zero, stoppingToken, cancellationToken);

    /// <summary>Whether an update keeps the offset where it is.</summary>
    public bool Any => _flights.Exists(flight => !flight.Kept.IsCompleted) || _deadLetters.Exists(task => !task.IsCompleted);

    /// <summary>
    /// Waits until all updates that have begun by now are settled or left; it never fails. Updates that a request to the webhook has
    /// brought to this process are not among them: the end of polling ends neither their handlers nor the wait for them.
    /// </summary>
    public Task WaitForAllAsync() => Task.WhenAll([.. _flights.Where(flight => flight.IsOwn).Select(flight => flight.Ended), .. _deadLetters]);

    /// <summary>Waits until all updates that have begun by now may be confirmed or are left; it never fails.</summary>
    public Task WaitUntilKeptAsync()
    {
        _flights.RemoveAll(flight => flight.Ended.IsCompleted);
        _deadLetters.RemoveAll(task => task.IsCompleted);
        return Task.WhenAll([.. _flights.Select(flight => flight.Kept).Where(kept => !kept.IsCompleted), .. _deadLetters]);
    }

    /// <summary>Starts to deliver an update.</summary>
    public void Add(ReceivedUpdate update)
    {
        status.UpdateArrived();
        Add(delivery.Begin(update, _context));
    }

    /// <summary>Starts to write a dead letter for data that is not an update.</summary>
    public void Add(ReadOnlyMemory<byte> raw, UnreadableUpdateException error) =>
        _deadLetters.Add(delivery.DeadLetterAsync(raw, error, cancellationToken));

    /// <summary>Goes on with the parked updates of earlier runs and of instances that ended.</summary>
    public async Task ResumeAsync()
    {
        foreach (InFlightUpdate update in await delivery.ResumeAsync(_context))
        {
            Add(update);
        }
    }

    /// <summary>Parks the updates that keep others from arriving, all that are still in flight.</summary>
    public Task ParkAsync() =>
        Task.WhenAll(_flights.Where(flight => !flight.Kept.IsCompleted).Select(flight => delivery.ParkAsync(flight.Update)));

    private void Add(InFlightUpdate update)
    {
        Task kept = KeepAsync(update);
        _flights.Add(new Flight(update, kept, EndAsync(update, kept), IsOwn: ReferenceEquals(update.Context, _context)));
    }

    private async Task KeepAsync(InFlightUpdate update)
    {
        if (await update.Kept)
        {
            window.Keep(update.Update.Id);
        }
        else
        {
            window.Leave(update.Update.Id);
        }
    }

    private async Task EndAsync(InFlightUpdate update, Task kept)
    {
        await kept;
        if ((await update.Ended).IsSettled)
        {
            status.CountSettled();
        }
    }

    private sealed record Flight(InFlightUpdate Update, Task Kept, Task Ended, bool IsOwn);
}
