namespace Azker.Core.Locking.BlobLease;

/// <summary>Tells a listener who holds the lock: at the first time, and then whenever that is another one.</summary>
internal sealed class BlobLeaseHolderNotifier(Action<LockHolder?>? waitingFor)
{
    private bool _isNotified;
    private (string Instance, long Epoch)? _lastHolder;

    public void Notify(BlobLeaseSnapshot snapshot)
    {
        // Between one holder and the next nobody can be named for a moment; that is no news.
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
