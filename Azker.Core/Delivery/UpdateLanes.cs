using System.Runtime.CompilerServices;
using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>
/// Runs work one at a time per key, in order, and different keys side by side. It holds no more than what its callers
/// wait for, so they bound it.
/// </summary>
internal sealed class UpdateLanes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UpdateKey, Task> _tails = [];

    /// <summary>Runs the work after all earlier work of the same key.</summary>
    public Task<T> RunAsync<T>(UpdateKey key, Func<Task<T>> work) => RunAsync(key, _ => work());

    /// <summary>Runs the work after all earlier work of the same key, and tells it of that: ended, or <see langword="null"/>.</summary>
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

    /// <summary>Its failure is its own caller's to see.</summary>
    private static ConfiguredTaskAwaitable EndOf(Task task) =>
        task.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    private static async Task<T> RunAfterAsync<T>(Task? before, Func<Task?, Task<T>> work)
    {
        // Under the gate nothing runs but this first step.
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
            // Later work of this key may have made itself the tail meanwhile.
            if (_tails.GetValueOrDefault(key) == tail)
            {
                _tails.Remove(key);
            }
        }
    }
}
