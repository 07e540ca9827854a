using Azker.Core.Updates;

namespace Azker.Core.Polling;

/// <summary>
/// The updates between what is confirmed to Telegram and what came last, in the order in which they came, and the offset
/// that follows from them: that of the first update that is not settled, or one past the last. It is as large as an answer,
/// 100 updates, since Telegram answers from the offset on.
/// </summary>
/// <remarks>
/// When everything is confirmed there is no offset: the queue is asked from its head. That is the same, but for a queue
/// whose ids have jumped: an old offset would make the server confirm, unseen, what has a lower id
/// (tdlib/telegram-bot-api, TQueue.cpp, get).
/// </remarks>
internal sealed class PollWindow
{
    private const int Capacity = 100;

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int? _sent;
    private bool _isFull;

    /// <summary>Whether what is settled has not been told to Telegram yet.</summary>
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
    /// Whether the last answer had no room for more: others may wait with Telegram, and cannot come before the first one that
    /// was not settled is. Only the next answer can tell that they do not.
    /// </summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _isFull && _entries.Exists(entry => !entry.IsSettled);
            }
        }
    }

    /// <summary>The offset of the next poll. Sending it confirms all that stands before it.</summary>
    public int? Send()
    {
        lock (_gate)
        {
            return _sent = Offset();
        }
    }

    /// <summary>The poll that was sent last was not answered, and may not have reached the server.</summary>
    public void SendFailed()
    {
        lock (_gate)
        {
            _sent = null;
        }
    }

    /// <summary>Takes the answer to the poll that was sent last.</summary>
    /// <param name="answer">Its updates, in their order.</param>
    /// <param name="queueRestarted">Whether the server did not know the offset: its ids have jumped down.</param>
    /// <returns>Those that are new: not in hand, and not settled.</returns>
    public IReadOnlyList<ReceivedUpdate> Take(IReadOnlyList<ReceivedUpdate> answer, out bool queueRestarted)
    {
        lock (_gate)
        {
            queueRestarted = _sent is { } offset && answer.Any(update => update.Id < offset);
            if (queueRestarted)
            {
                // What the other queue held says nothing about this one; what is in hand of it goes on all the same.
                _entries.Clear();
            }
            else
            {
                RemoveConfirmed();
            }

            HashSet<int> known = [.. _entries.Select(entry => entry.Id)];
            List<ReceivedUpdate> news = [.. answer.Where(update => known.Add(update.Id))];
            _entries.AddRange(news.Select(update => new Entry(update.Id)));
            _isFull = _entries.Count - _entries.FindIndex(entry => !entry.IsSettled) >= Capacity;
            return news;
        }
    }

    /// <summary>Marks an update as settled.</summary>
    public void Settle(int id)
    {
        lock (_gate)
        {
            if (_entries.Find(entry => entry.Id == id) is { } settled)
            {
                settled.IsSettled = true;
            }
        }
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
        : _entries.Find(entry => !entry.IsSettled)?.Id ?? _entries[^1].Id + 1;

    private sealed class Entry(int id)
    {
        public int Id => id;

        public bool IsSettled { get; set; }
    }
}
