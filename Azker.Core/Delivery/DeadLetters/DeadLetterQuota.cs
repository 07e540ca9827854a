namespace Azker.Core.Delivery.DeadLetters;

/// <summary>
/// How many more letters a store may take. Several instances may add to one store, and people remove from it, so it is
/// counted anew from time to time; what others add in between may go beyond the bound.
/// </summary>
internal sealed class DeadLetterQuota(IDeadLetterStore store, int max, TimeProvider timeProvider)
{
    private static readonly TimeSpan CountLifetime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _countedAt;
    private long _added;
    private long _kept;
    private int _pending;

    /// <summary>Takes a place. Who gets one has to call <see cref="Settle"/>.</summary>
    /// <exception cref="DeadLetterException">The letters cannot be counted.</exception>
    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        if (_countedAt is not { } countedAt || timeProvider.GetElapsedTime(countedAt) >= CountLifetime)
        {
            await CountAsync(cancellationToken);
        }

        lock (_gate)
        {
            bool isFree = _kept + _pending < max;
            _pending += isFree ? 1 : 0;
            return isFree;
        }
    }

    /// <param name="isAdded">Whether the place was used.</param>
    public void Settle(bool isAdded)
    {
        lock (_gate)
        {
            _pending--;
            _kept += isAdded ? 1 : 0;
            _added += isAdded ? 1 : 0;
        }
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        long addedBefore = Interlocked.Read(ref _added);
        long countedAt = timeProvider.GetTimestamp();
        int counted = await store.CountAsync(cancellationToken);
        lock (_gate)
        {
            // What was added meanwhile may be counted already; rather once too often than not at all.
            _kept = counted + _added - addedBefore;
            _countedAt = countedAt;
        }
    }
}
