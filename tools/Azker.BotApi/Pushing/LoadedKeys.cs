using Azker.BotApi.Updates;

namespace Azker.BotApi.Pushing;

/// <summary>
/// Loads part of the queue for pushing: a bounded number of ordering keys. While all loaded keys fail, no other key is loaded.
/// </summary>
internal sealed class LoadedKeys(UpdateQueue queue, int maxConnections)
{
    private const int MaxPerPass = 1000;
    private const long UniqueKeys = 1L << 60;

    private readonly int _maxKeys = 2 * maxConnections;
    private readonly Dictionary<long, KeyQueue> _keys = [];
    private readonly SortedSet<(DateTimeOffset WakeAt, long Key)> _waiting = [];
    private int _nextId;
    private long _unique = UniqueKeys;

    public int Count => _keys.Count;

    /// <summary>The keys without an update in flight, the next key first.</summary>
    public IEnumerable<KeyQueue> Waiting => _waiting.Select(entry => _keys[entry.Key]);

    public DateTimeOffset? NextWakeAt => _waiting.Count == 0 ? null : _waiting.Min.WakeAt;

    public void Load(DateTimeOffset now)
    {
        // The numbering of the updates may have restarted.
        _nextId = _nextId > queue.Tail ? queue.Head : _nextId;
        while (_nextId < queue.Tail && Count < _maxKeys)
        {
            IReadOnlyList<QueuedUpdate> updates = queue.ReadFrom(_nextId, Math.Min(MaxPerPass, _maxKeys - Count), now);
            foreach (QueuedUpdate update in updates)
            {
                Add(update, now);
            }

            _nextId = updates.Count == 0 ? queue.Tail : updates[^1].Id + 1;
        }
    }

    /// <summary>Takes the key that is due, or null. The caller returns the key with <see cref="Wait"/>.</summary>
    public KeyQueue? Take(DateTimeOffset now)
    {
        if (_waiting.Count == 0 || _waiting.Min.WakeAt > now)
        {
            return null;
        }

        KeyQueue key = _keys[_waiting.Min.Key];
        _waiting.Remove(_waiting.Min);
        return key;
    }

    /// <summary>Returns a key that has no update in flight any more. Its next update may be sent at the given time.</summary>
    public void Wait(KeyQueue key, DateTimeOffset wakeAt)
    {
        if (key.Pushes.Count == 0)
        {
            _keys.Remove(key.Key);
            return;
        }

        key.WakeAt = wakeAt;
        _waiting.Add((wakeAt, key.Key));
    }

    private void Add(QueuedUpdate update, DateTimeOffset now)
    {
        long id = update.Key == 0 ? ++_unique : update.Key;
        bool isNew = !_keys.TryGetValue(id, out KeyQueue? key);
        key ??= _keys[id] = new KeyQueue(id);
        key.Pushes.Enqueue(new PendingPush(update));
        if (isNew)
        {
            Wait(key, now);
        }
    }
}
