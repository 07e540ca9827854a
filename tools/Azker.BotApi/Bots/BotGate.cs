namespace Azker.BotApi.Bots;

/// <summary>The lock of a bot, its clock, and the signal that something behind the lock has changed.</summary>
internal sealed class BotGate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _changed;

    public TimeProvider Time => time;

    public DateTimeOffset Now => time.GetUtcNow();

    public void Run(Action action)
    {
        lock (_lock)
        {
            action();
            NotifyChange();
        }
    }

    public T Run<T>(Func<T> function)
    {
        lock (_lock)
        {
            T result = function();
            NotifyChange();
            return result;
        }
    }

    /// <summary>Reads without a change, so that no waiting condition is evaluated again.</summary>
    public T Read<T>(Func<T> function)
    {
        lock (_lock)
        {
            return function();
        }
    }

    /// <summary>Waits until the condition, which is evaluated under the lock, returns a value.</summary>
    public async Task<T> WaitForAsync<T>(Func<T?> condition, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition() is { } result)
                {
                    return result;
                }

                _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void NotifyChange()
    {
        _changed?.SetResult();
        _changed = null;
    }
}
