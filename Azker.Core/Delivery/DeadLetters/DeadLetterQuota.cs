namespace Azker.Core.Delivery.DeadLetters;

/// <summary>
/// Limits the number of dead letters in a store. It counts them at the start and keeps the count up to date. Since several
/// instances may add to a store, and people remove from it, the store is counted again from time to time. The additions of
/// other instances in between may exceed the limit.
/// </summary>
internal sealed class DeadLetterQuota(IDeadLetterStore store, int max, TimeProvider timeProvider)
{
    /// <summary>To count may mean to list a million blobs.</summary>
    private static readonly TimeSpan CountLifetime = TimeSpan.FromMinutes(5);

    /// <summary>At the limit updates wait for a person who removes dead letters, often on another machine.</summary>
    private static readonly TimeSpan CountLifetimeAtLimit = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Task _counting = Task.CompletedTask;
    private long? _countedAt;
    private long _added;
    private long _kept;
    private int _pending;

    private bool IsFull => _kept + _pending >= max;

    private bool IsCountDue =>
        _countedAt is not { } countedAt || timeProvider.GetElapsedTime(countedAt) >= (IsFull ? CountLifetimeAtLimit : CountLifetime);

    /// <summary>Reserves a place. A caller that gets it has to call <see cref="Settle"/>.</summary>
    /// <exception cref="DeadLetterException">The dead letters cannot be counted.</exception>
    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        await CountIfDue().WaitAsync(cancellationToken);
        lock (_gate)
        {
            bool isFree = !IsFull;
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

    /// <summary>This process has removed a dead letter.</summary>
    public void Remove()
    {
        lock (_gate)
        {
            _kept = Math.Max(0, _kept - 1);
        }
    }

    /// <returns>The running count, if there is one. All callers share it, so no single caller cancels it.</returns>
    private Task CountIfDue()
    {
        lock (_gate)
        {
            if (_counting.IsCompleted)
            {
                _counting = IsCountDue ? CountAsync() : Task.CompletedTask;
            }

            return _counting;
        }
    }

    private async Task CountAsync()
    {
        long addedBefore = _added;
        long countedAt = timeProvider.GetTimestamp();
        int counted = await store.CountAsync(CancellationToken.None);
        lock (_gate)
        {
            // A dead letter that was added meanwhile may be counted twice, which is safer than not at all.
            _kept = counted + _added - addedBefore;
            _countedAt = countedAt;
        }
    }
}
