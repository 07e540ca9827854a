using Azker.BotApi.Statistics;

namespace Azker.BotApi.Updates;

/// <summary>The pending updates of one bot, shared by getUpdates and the webhook. Not thread-safe: the bot's lock guards it.</summary>
internal sealed class UpdateQueue(Func<int> drawFirstId, DateTimeOffset startedAt, UpdateCounts counts)
{
    public const int MaxUpdates = 100_000;
    public const long MaxBytes = 128L << 20;
    public const int MaxUpdateBytes = 512 << 10;
    public const int MaxId = 2_000_000_000;

    private const int MaxAhead = 10;
    private static readonly TimeSpan FirstCollection = TimeSpan.FromSeconds(600);
    private static readonly TimeSpan CollectionPeriod = TimeSpan.FromSeconds(60);

    private readonly SortedDictionary<int, QueuedUpdate> _updates = [];
    private DateTimeOffset _nextCollection = startedAt + FirstCollection;
    private long _bytes;

    /// <summary>The id of the next update, or 0 before the first update.</summary>
    public int Tail { get; private set; }

    public int Head => _updates.Count == 0 ? Tail : _updates.First().Key;

    public int Count => _updates.Count;

    public bool HasRoomFor(int bytes) => Count < MaxUpdates && _bytes + bytes <= MaxBytes;

    public QueuedUpdate Add(UpdateFragment fragment, long expiresAt, DateTimeOffset now)
    {
        if (Tail >= MaxId)
        {
            Clear(now);
            Tail = 0;
        }

        int id = Tail == 0 ? drawFirstId() : Tail;
        Tail = id + 1;
        var trace = new UpdateTrace(id, fragment.Kind.Name, now, counts);
        var update = new QueuedUpdate(id, fragment.Json, fragment.Key, expiresAt, trace);
        _updates.Add(id, update);
        _bytes += update.Fragment.Length;
        return update;
    }

    /// <summary>
    /// Confirms or drops updates by the offset of a getUpdates, and returns the updates of its answer. An offset too far ahead or behind is
    /// ignored.
    /// </summary>
    public IReadOnlyList<QueuedUpdate> Read(int offset, int limit, DateTimeOffset now)
    {
        if (offset < 0)
        {
            KeepLast(-(long)offset, now);
        }
        else if (offset <= Tail + MaxAhead && offset >= Head - MaxUpdates)
        {
            RemoveWhile(update => update.Id < offset, UpdateRemoval.Confirmed, now);
        }

        return ReadFrom(int.MinValue, limit, now);
    }

    /// <summary>Returns the first updates from an id on. Expired updates are removed instead.</summary>
    public IReadOnlyList<QueuedUpdate> ReadFrom(int id, int limit, DateTimeOffset now)
    {
        var taken = new List<QueuedUpdate>();
        var expired = new List<QueuedUpdate>();
        foreach (QueuedUpdate update in _updates.Values.SkipWhile(update => update.Id < id))
        {
            if (taken.Count == limit)
            {
                break;
            }

            (update.IsExpired(now.ToUnixTimeSeconds()) ? expired : taken).Add(update);
        }

        expired.ForEach(update => Remove(update.Id, UpdateRemoval.Expired, now));
        return taken;
    }

    public bool Remove(int id, UpdateRemoval removal, DateTimeOffset now)
    {
        if (!_updates.Remove(id, out QueuedUpdate? update))
        {
            return false;
        }

        _bytes -= update.Fragment.Length;
        update.Trace.Remove(removal, now);
        return true;
    }

    public void Clear(DateTimeOffset now) => KeepLast(0, now);

    /// <summary>
    /// Removes the updates that had expired at the last run of the collector, which runs 10 min after the start and then every minute.
    /// </summary>
    public void CollectExpired(DateTimeOffset now)
    {
        if (now < _nextCollection)
        {
            return;
        }

        TimeSpan sinceTurn = TimeSpan.FromTicks((now - _nextCollection).Ticks % CollectionPeriod.Ticks);
        DateTimeOffset turn = now - sinceTurn;
        _nextCollection = turn + CollectionPeriod;
        foreach (QueuedUpdate update in _updates.Values.Where(update => update.IsExpired(turn.ToUnixTimeSeconds())).ToList())
        {
            Remove(update.Id, UpdateRemoval.Expired, turn);
        }
    }

    private void KeepLast(long count, DateTimeOffset now)
    {
        long excess = Count - count;
        RemoveWhile(_ => excess-- > 0, UpdateRemoval.Dropped, now);
    }

    private void RemoveWhile(Func<QueuedUpdate, bool> condition, UpdateRemoval removal, DateTimeOffset now)
    {
        foreach (QueuedUpdate update in _updates.Values.TakeWhile(condition).ToList())
        {
            Remove(update.Id, removal, now);
        }
    }
}
