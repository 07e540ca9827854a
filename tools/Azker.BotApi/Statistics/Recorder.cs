using Azker.BotApi.Requests;

namespace Azker.BotApi.Statistics;

/// <summary>Records the events of one bot. Not thread-safe: the bot's lock guards it. Lists keep only their newest entries.</summary>
internal sealed class Recorder
{
    private const int MaxUpdates = 250_000;
    private const int MaxSent = 100_000;
    private const int MaxPolls = 100_000;

    private readonly Queue<UpdateTrace> _updates = [];
    private readonly Queue<SentMessage> _sent = [];
    private readonly Queue<PollTrace> _polls = [];
    private readonly Dictionary<string, long> _notQueued = [];
    private readonly Dictionary<(string Text, int Port), (long Answered, long Gone)> _conflicts = [];
    private readonly Dictionary<(string Method, int Port), long> _calls = [];
    private readonly Dictionary<string, WebhookCount> _webhooks = [];
    private long _enqueued;
    private long _sequence;
    private long _sentSinceReset;

    public UpdateCounts UpdateCounts { get; } = new();

    public void Call(string method, int port) =>
        _calls[(method, port)] = _calls.GetValueOrDefault((method, port)) + 1;

    public void Enqueue(UpdateTrace update)
    {
        _enqueued++;
        Add(_updates, update, MaxUpdates);
    }

    public void NotQueue(string reason) => _notQueued[reason] = _notQueued.GetValueOrDefault(reason) + 1;

    public void Conflict(string text, Caller caller)
    {
        (long answered, long gone) = _conflicts.GetValueOrDefault((text, caller.Port));
        _conflicts[(text, caller.Port)] = caller.IsGone ? (answered, gone + 1) : (answered + 1, gone);
    }

    public PollTrace Poll(DateTimeOffset now, Caller caller, int offset)
    {
        var poll = new PollTrace(now, caller, offset);
        Add(_polls, poll, MaxPolls);
        return poll;
    }

    public void EndAttempt(string url, bool isAccepted)
    {
        WebhookCount count = _webhooks.GetValueOrDefault(url) ?? new WebhookCount(url, 0, 0);
        _webhooks[url] = isAccepted ? count with { Accepted = count.Accepted + 1 } : count with { Failed = count.Failed + 1 };
    }

    public void Send(DateTimeOffset now, int port, string method, long chatId, int messageId, string text, int? replyTo)
    {
        var message = new SentMessage(++_sequence, now, port, method, chatId, messageId, text, replyTo);
        _sentSinceReset++;
        Add(_sent, message, MaxSent);
    }

    public IReadOnlyList<SentMessage> SentAfter(long sequence) => [.. _sent.Where(message => message.Sequence > sequence)];

    public IReadOnlyList<UpdateRecord> Updates() => [.. _updates.Select(update => update.ToRecord())];

    public IReadOnlyList<PollRecord> Polls() => [.. _polls.Select(poll => poll.ToRecord())];

    public BotStatistics Summarize(int pending, WaitingPoll? waiting) => new()
    {
        Enqueued = _enqueued,
        NotQueued = new Dictionary<string, long>(_notQueued),
        Pending = pending,
        Delivered = UpdateCounts.Delivered,
        Redelivered = UpdateCounts.Redelivered,
        Removed = UpdateCounts.Removed,
        Polls = _calls.Where(call => call.Key.Method == "getupdates").Sum(call => call.Value),
        WaitingPoll = waiting,
        Conflicts = [.. _conflicts.Select(entry =>
            new ConflictCount(entry.Key.Text, entry.Key.Port, entry.Value.Answered, entry.Value.Gone))],
        Webhooks = [.. _webhooks.Values],
        Calls = [.. _calls.Select(entry => new CallCount(entry.Key.Method, entry.Key.Port, entry.Value))],
        Sent = _sentSinceReset,
    };

    /// <summary>The sequence of sent messages continues, so that the cursor of a reader stays valid.</summary>
    public void Reset()
    {
        _updates.Clear();
        _sent.Clear();
        _polls.Clear();
        _notQueued.Clear();
        _conflicts.Clear();
        _calls.Clear();
        UpdateCounts.Reset();
        _webhooks.Clear();
        (_enqueued, _sentSinceReset) = (0, 0);
    }

    private static void Add<T>(Queue<T> queue, T item, int capacity)
    {
        queue.Enqueue(item);
        if (queue.Count > capacity)
        {
            queue.Dequeue();
        }
    }
}
