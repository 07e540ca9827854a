using Azker.Core.Updates;

namespace Azker.Core.Polling;

/// <summary>
/// Keeps the updates that are not confirmed to Telegram yet, in the order of their arrival, and the offset that follows from
/// them: the id of the first update that is neither settled nor parked, or one more than the last id. It is as large as an answer, 100 updates, because
/// Telegram answers from the offset on.
/// </summary>
/// <remarks>
/// When all updates are confirmed there is no offset, and the poll starts at the head of the queue. That makes a difference only
/// for a queue whose ids have jumped down: with an old offset the server would confirm updates with lower ids that this
/// instance has never received (tdlib/telegram-bot-api, TQueue.cpp, get).
/// </remarks>
internal sealed class PollWindow
{
    private const int Capacity = 100;

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int? _sent;

    /// <summary>Whether there are settled updates that are not confirmed to Telegram yet.</summary>
    public bool HasUnconfirmed
    {
        get
        {
            lock (_gate)
            {
                return Offset() is { } offset && offset != _sent && offset != _entries[0].Id;
            }
        }
    }

    /// <summary>
    /// Whether the updates from the first unsettled update on fill half of an answer. When they fill all of it, no new update can
    /// arrive before the first is settled or parked.
    /// </summary>
    public bool IsHalfFull
    {
        get
        {
            lock (_gate)
            {
                int first = _entries.FindIndex(entry => !entry.IsKept);
                return first >= 0 && _entries.Count - first >= Capacity / 2;
            }
        }
    }

    /// <summary>Returns the offset of the next poll. Sending it confirms all updates before it.</summary>
    public int? Send()
    {
        lock (_gate)
        {
            return _sent = Offset();
        }
    }

    /// <summary>Reports that the last poll was not answered, and may not have reached the server.</summary>
    public void SendFailed()
    {
        lock (_gate)
        {
            _sent = null;
        }
    }

    /// <summary>Takes the answer to the last poll.</summary>
    /// <param name="answer">The updates of the answer, in their order.</param>
    /// <param name="queueRestarted">Whether the ids of the queue have jumped down, so that the server did not know the offset.</param>
    /// <returns>The updates to begin: those that are neither in flight nor settled.</returns>
    public IReadOnlyList<ReceivedUpdate> Take(IReadOnlyList<ReceivedUpdate> answer, out bool queueRestarted)
    {
        lock (_gate)
        {
            queueRestarted = _sent is { } offset && answer.Any(update => update.Id < offset);
            if (queueRestarted)
            {
                // The entries belong to the old queue. Its updates that are in flight continue all the same.
                _entries.Clear();
            }
            else
            {
                RemoveConfirmed();
            }

            return [.. answer.Where(IsToBeginNow)];
        }
    }

    /// <summary>Marks an update as left by the request to the webhook that had brought it too. It begins again when a poll brings it.</summary>
    public void Leave(int id)
    {
        lock (_gate)
        {
            if (_entries.Find(entry => entry.Id == id) is { } left)
            {
                left.IsLeft = true;
            }
        }
    }

    /// <summary>Marks an update as settled or parked.</summary>
    public void Keep(int id)
    {
        lock (_gate)
        {
            if (_entries.Find(entry => entry.Id == id) is { } kept)
            {
                kept.IsKept = true;
            }
        }
    }

    private bool IsToBeginNow(ReceivedUpdate update)
    {
        if (_entries.Find(entry => entry.Id == update.Id) is not { } known)
        {
            _entries.Add(new Entry(update.Id));
            return true;
        }

        bool wasLeft = known.IsLeft;
        known.IsLeft = false;
        return wasLeft;
    }

    private void RemoveConfirmed()
    {
        if (_sent is { } offset)
        {
            int firstKept = _entries.FindIndex(entry => entry.Id == offset);
            _entries.RemoveRange(0, firstKept < 0 ? _entries.Count : firstKept);
        }
    }

    private int? Offset() => _entries.Count == 0
        ? null
        : _entries.Find(entry => !entry.IsKept)?.Id ?? _entries[^1].Id + 1;

    private sealed class Entry(int id)
    {
        public int Id => id;

        public bool IsKept { get; set; }

        public bool IsLeft { get; set; }
    }
}
