namespace Azker.BotApi.Pushing;

/// <summary>Allows a number of events in any window of one length.</summary>
internal sealed class RateLimit(int count, TimeSpan window)
{
    private readonly Queue<DateTimeOffset> _events = [];

    /// <summary>When the next event is allowed. A time that is not after now means at once.</summary>
    public DateTimeOffset NextAt => _events.Count < count ? DateTimeOffset.MinValue : _events.Peek() + window;

    public void Add(DateTimeOffset now)
    {
        _events.Enqueue(now);
        if (_events.Count > count)
        {
            _events.Dequeue();
        }
    }
}
