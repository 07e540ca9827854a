using Azker.BotApi.Updates;

namespace Azker.BotApi.Pushing;

/// <summary>
/// The part of the queue that is taken up for pushing: a bounded number of ordering keys. While all of them fail, no other is seen.
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

    /// <summary>The keys of which nothing is on its way, the next one first.</summary>
    public IEnumerable<KeyQueue> Waiting => _waiting.Select(entry => _keys[entry.Key]);

    public DateTimeOffset? NextWakeAt => _waiting.Count == 0 ? null : _waiting.Min.WakeAt;

    public void Load(DateTimeOffset now)
    {
        // The ids may have started anew.
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

    /// <summary>The key whose turn it is, or null. It must be given back with <see cref="Wait"/>.</summary>
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

    /// <summary>Nothing of the key is on its way any more; what is left of it goes on at that time.</summary>
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
