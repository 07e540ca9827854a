namespace Azker.Core.Delivery.DeadLetters;

/// <summary>
/// Limits the number of dead letters in a store. Several instances may add to a store, and people remove from it, so the
/// store is counted again from time to time. The additions of other instances in between may exceed the limit.
/// </summary>
internal sealed class DeadLetterQuota(IDeadLetterStore store, int max, TimeProvider timeProvider)
{
    private static readonly TimeSpan CountLifetime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _countedAt;
    private long _added;
    private long _kept;
    private int _pending;

    /// <summary>Reserves a place. A caller that gets it has to call <see cref="Settle"/>.</summary>
    /// <exception cref="DeadLetterException">The dead letters cannot be counted.</exception>
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
            // A dead letter that was added meanwhile may be counted twice, which is safer than not at all.
            _kept = counted + _added - addedBefore;
            _countedAt = countedAt;
        }
    }
}
