namespace Azker.Core.Infrastructure;

/// <summary>Keeps the result of a look for some time, but not a failure; whoever asks while a look is under way waits for that one.</summary>
internal sealed class SingleFlight<T>(Func<CancellationToken, Task<T>> look, TimeSpan lifetime, TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private Task<T>? _last;
    private long _startedAt;

    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_last is null or { IsFaulted: true } || (_last.IsCompleted && timeProvider.GetElapsedTime(_startedAt) >= lifetime))
            {
                _startedAt = timeProvider.GetTimestamp();
                // It is everybody's, so nobody's token ends it.
                _last = look(CancellationToken.None);
            }

            return _last.WaitAsync(cancellationToken);
        }
    }
}
