using Azker.Core.Delivery;
using Azker.Core.Locking;
using Azker.Core.Status;
using Azker.Core.Updates;

namespace Azker.Core.Polling;

/// <summary>The updates of one run under a lock that are being delivered.</summary>
internal sealed class InFlightUpdates(
    UpdateDelivery delivery, PollWindow window, ReceiverStatus status, IInstanceLockHandle handle, CancellationToken stoppingToken, CancellationToken cancellationToken)
{
    private readonly List<Task> _deliveries = [];
    private readonly PollContext _under = new(handle.Holder.Epoch, () => handle.Remaining > TimeSpan.Zero, () => window.IsFull);

    /// <summary>Ends when all deliveries begun so far have ended; it never fails.</summary>
    public Task AllAsync()
    {
        _deliveries.RemoveAll(delivery => delivery.IsCompleted);
        return Task.WhenAll(_deliveries);
    }

    /// <summary>Begins to deliver.</summary>
    public void Add(ReceivedUpdate update) => _deliveries.Add(DeliverAsync(update));

    /// <summary>Begins to set aside what is no update.</summary>
    public void Add(ReadOnlyMemory<byte> raw, UnreadableUpdateException error) =>
        _deliveries.Add(delivery.SetAsideAsync(raw, error, cancellationToken));

    private async Task DeliverAsync(ReceivedUpdate update)
    {
        if (await delivery.DeliverAsync(update, _under, stoppingToken, cancellationToken))
        {
            window.Settle(update.Id);
            status.CountSettled();
        }
    }
}
