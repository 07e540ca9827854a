using System.Runtime.CompilerServices;
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
    public Task<T> RunAsync<T>(UpdateKey key, Func<Task<T>> work) => RunAsync(key, _ => work());

    /// <summary>
    /// Runs the work after all earlier work of the same key, and passes it the previous work, which has ended;
    /// <see langword="null"/> if there is none.
    /// </summary>
    public Task<T> RunAsync<T>(UpdateKey key, Func<Task?, Task<T>> work)
    {
        lock (_gate)
        {
            Task? before = _tails.GetValueOrDefault(key);
            Task<T> tail = RunAfterAsync(before, work);
            _tails[key] = tail;
            _ = RemoveAsync(key, tail);
            return tail;
        }
    }

    /// <summary>Waits for the end of a task. Only the task's own caller sees its failure.</summary>
    private static ConfiguredTaskAwaitable EndOf(Task task) =>
        task.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<T> RunAfterAsync<T>(Task? before, Func<Task?, Task<T>> work)
    {
        // The caller holds the gate, so the work must not start in its call.
        await Task.Yield();
        if (before is not null)
        {
            await EndOf(before);
        }

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
