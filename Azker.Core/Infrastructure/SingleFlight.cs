namespace Azker.Core.Infrastructure;

/// <summary>Keeps the result of a query for some time, but not a failure. A caller during a running query waits for that query.</summary>
internal sealed class SingleFlight<T>(Func<CancellationToken, Task<T>> query, TimeSpan lifetime, TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private Task<T>? _last;
    private long _startedAt;

    /// <summary>Makes the next caller start a query, because the results so far are out of date.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _last = null;
        }
    }

    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_last is null or { IsFaulted: true } || (_last.IsCompleted && timeProvider.GetElapsedTime(_startedAt) >= lifetime))
            {
                _startedAt = timeProvider.GetTimestamp();
                // All callers share the query, so no single caller cancels it.
                _last = query(CancellationToken.None);
            }

            return _last.WaitAsync(cancellationToken);
        }
    }
}
