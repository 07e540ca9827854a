using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// Runs work of equal keys one at a time and in order, and work of different keys side by side. It holds only work that a
/// caller waits for, so its callers bound its size.
/// </summary>
internal sealed class UpdateLanes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UpdateKey, Task> _tails = [];

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
            Task<T> tail = BeginAsync(_tails.GetValueOrDefault(key), work);
            _tails[key] = tail;
            _ = RemoveAsync(key, tail);
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

    private static async Task<T> BeginAsync<T>(Task? before, Func<Task?, Task<T>> work)
    {
        // The caller holds the gate, so the work must not start in its call.
        await Task.Yield();
        return await work(before);
    }

    private async Task RemoveAsync(UpdateKey key, Task tail)
    {
        await EndOf(tail);
        lock (_gate)
        {
            // Later work of this key may be the tail by now.
            if (_tails.GetValueOrDefault(key) == tail)
            {
                _tails.Remove(key);
            }
        }
    }
}
