namespace Azker.Core.Locking.BlobLease;

/// <summary>Tells a listener the holder of the lock: at the first call, and then each time the holder changes.</summary>
internal sealed class BlobLeaseHolderNotifier(Action<LockHolder?>? waitingFor)
{
    private bool _isNotified;
    private (string Instance, long Epoch)? _lastHolder;

    public void Notify(BlobLeaseSnapshot snapshot)
    {
        // During a handover there is no holder for a moment; that is not reported.
        LockHolder? holder = snapshot.Holder;
        if (_isNotified && (holder is null || _lastHolder == (holder.Instance, holder.Epoch)))
        {
            return;
        }

        _isNotified = true;
        _lastHolder = holder is null ? null : (holder.Instance, holder.Epoch);
        waitingFor?.Invoke(holder);
    }
}
