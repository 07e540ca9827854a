using System.Collections.Concurrent;

namespace Azker.Core.Locking.PidFile;

/// <summary>
/// The instances of this process that hold a lock or try to take one. A record that carries our own PID but none of
/// these was left by a process that had the PID before us.
/// </summary>
internal static class OwnInstances
{
    private static readonly ConcurrentDictionary<string, bool> Instances = new(StringComparer.Ordinal);

    public static bool Contains(string instance) => Instances.ContainsKey(instance);

    /// <returns>Takes the instance off the list when disposed; <see langword="null"/> when it is on it already.</returns>
    public static IDisposable? TryEnter(string instance) => Instances.TryAdd(instance, true) ? new Entry(instance) : null;

    private sealed class Entry(string instance) : IDisposable
    {
        private string? _instance = instance;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _instance, null) is { } entered)
            {
                Instances.TryRemove(entered, out _);
            }
        }
    }
}
