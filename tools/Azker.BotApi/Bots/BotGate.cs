namespace Azker.BotApi.Bots;

/// <summary>The one lock of a bot, its clock, and the news that something behind the lock has changed.</summary>
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

    /// <summary>Looks without touching: nobody is told of a change.</summary>
    public T Read<T>(Func<T> function)
    {
        lock (_lock)
        {
            return function();
        }
    }

    /// <summary>Waits until the condition, evaluated under the lock, gives something.</summary>
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
