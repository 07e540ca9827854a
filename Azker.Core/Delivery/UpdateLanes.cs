using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// Runs work of equal keys one at a time and in order, and work of different keys side by side. It holds only work that a
/// caller waits for, so its callers bound its size.
/// </summary>
internal sealed class UpdateLanes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UpdateKey, (Task Work, long Number)> _tails = [];
    private long _lastNumber;

    /// <summary>Runs the work after all earlier work of the same key.</summary>
    public Task<T> RunAsync<T>(UpdateKey key, Func<Task<T>> work) => RunAsync(key, async before =>
    {
        await EndOf(before);
        return await work();
    });

    /// <summary>
    /// Begins the work, which must wait for the earlier work of the same key before it does anything, and before it ends.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="work">The work. It gets the previous work of the key; <see langword="null"/> if there is none.</param>
    public Task<T> RunAsync<T>(UpdateKey key, Func<Task?, Task<T>> work)
    {
        lock (_gate)
        {
            long number = ++_lastNumber;
            Task<T> tail = BeginAsync(key, number, _tails.GetValueOrDefault(key).Work, work);
            _tails[key] = (tail, number);
            return tail;
        }
    }

    /// <summary>Waits for the end of a task, in the context of the caller. Only the task's own caller sees its failure.</summary>
    public static async Task EndOf(Task? task)
    {
        if (task is not null)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<T> BeginAsync<T>(UpdateKey key, long number, Task? before, Func<Task?, Task<T>> work)
    {
        // The caller holds the gate, so the work must not start in its call.
        await Task.Yield();
        try
        {
            return await work(before);
        }
        finally
        {
            Remove(key, number);
        }
    }

    private void Remove(UpdateKey key, long number)
    {
        lock (_gate)
        {
            // Later work of this key may be the tail by now.
            if (_tails.TryGetValue(key, out (Task, long Number) tail) && tail.Number == number)
            {
                _tails.Remove(key);
            }
        }
    }
}
