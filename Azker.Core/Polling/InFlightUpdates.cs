using Azker.Core.Delivery;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Updates;

namespace Azker.Core.Polling;

/// <summary>Delivers the updates of one run under a lock, and keeps those that are in flight.</summary>
internal sealed class InFlightUpdates(
    UpdateDelivery delivery, PollWindow window, ReceiverStatus status, IInstanceLockHandle handle, CancellationToken stoppingToken, CancellationToken cancellationToken)
{
    private readonly List<Task> _deliveries = [];
    private readonly PollContext _context = new(handle.Holder.Epoch, () => handle.Remaining > TimeSpan.Zero, () => window.IsFull);

    /// <summary>Waits until all deliveries that have started by now are finished; it never fails.</summary>
    public Task WaitForAllAsync()
    {
        _deliveries.RemoveAll(delivery => delivery.IsCompleted);
        return Task.WhenAll(_deliveries);
    }

    /// <summary>Whether a delivery is not finished.</summary>
    public bool Any => _deliveries.Exists(delivery => !delivery.IsCompleted);

    /// <summary>Starts to deliver an update.</summary>
    public void Add(ReceivedUpdate update) => _deliveries.Add(DeliverAsync(update));

    /// <summary>Starts to write a dead letter for data that is not an update.</summary>
    public void Add(ReadOnlyMemory<byte> raw, UnreadableUpdateException error) =>
        _deliveries.Add(delivery.DeadLetterAsync(raw, error, cancellationToken));

    private async Task DeliverAsync(ReceivedUpdate update)
    {
        if (await delivery.DeliverAsync(update, _context, stoppingToken, cancellationToken))
        {
            window.Settle(update.Id);
            status.CountSettled();
        }
    }
}
