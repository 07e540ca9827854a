namespace Azker.Core.Locking.BlobLease;

/// <summary>Tells a listener who holds the lock: at the first time, and then whenever that is another one.</summary>
internal sealed class BlobLeaseHolderNotifier(Action<LockHolder?>? waitingFor)
{
    private bool _isTold;
    private (string Instance, long Epoch)? _told;

    public void Tell(BlobLeaseSnapshot sight)
    {
        // Between one holder and the next nobody can be named for a moment; that is no news.
        LockHolder? holder = sight.Holder;
        if (_isTold && (holder is null || _told == (holder.Instance, holder.Epoch)))
        {
            return;
        }

        _isTold = true;
        _told = holder is null ? null : (holder.Instance, holder.Epoch);
        waitingFor?.Invoke(holder);
    }
}
